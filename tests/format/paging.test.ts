import { expect, test } from 'vitest';
import { pagingOf, readPage } from '#lib/format/paging.ts';

test('an address without a page asks for the first; what is no number asks for none', () => {
	const pages = ['', 'page=3', 'page=0', 'page=-1', 'page=x', 'page=1.5', 'page='];
	expect(pages.map((text) => readPage(new URLSearchParams(text)))).toEqual([
		1,
		3,
		undefined,
		undefined,
		undefined,
		undefined,
		undefined
	]);
});

test('the last page ends with the list', () => {
	expect(pagingOf(3, 50, 120)).toEqual({ page: 3, pages: 3, first: 101, last: 120, total: 120 });
	expect(pagingOf(1, 50, 50)).toMatchObject({ pages: 1, last: 50 });
});

test('an empty list has one page with nothing on it', () => {
	expect(pagingOf(1, 50, 0)).toEqual({ page: 1, pages: 1, first: 0, last: 0, total: 0 });
});
