import { expect, test } from 'vitest';
import { addressWith, linkQuery, otherParameters, viewAddress } from '#lib/format/address.ts';
import type { View } from '#lib/period/view.ts';

const today = '2026-11-23';
const usual: View = { period: { from: '2026-01', to: '2026-09' }, asOf: today, years: 3, basis: 'sameDay' };

test('the usual view leaves nothing of a view in the address', () => {
	expect(viewAddress('/', '?period=2025&as-of=2026-01-01&years=5&basis=ended', usual, today)).toBe('/');
});

test('another view keeps what else the address says', () => {
	const view: View = { ...usual, period: { from: '2026-01', to: '2026-03' } };
	expect(viewAddress('/en/units/gavle', '?sort=change&period=2025', view, today)).toBe(
		'/en/units/gavle?sort=change&period=2026-Q1'
	);
});

test('one part of an address is set or taken away, the rest stays', () => {
	expect(addressWith('/', '?period=2025&region=Region+Sk%C3%A5ne', 'region', null)).toBe('/?period=2025');
	expect(addressWith('/', '', 'region', 'Region Skåne')).toBe('/?region=Region+Sk%C3%A5ne');
});

test('a form that sets one part carries the others along', () => {
	expect(otherParameters('?as-of=2026-01-01&sort=change', 'as-of')).toEqual([['sort', 'change']]);
});

test('a link to another page carries the view and what the page needs', () => {
	expect(linkQuery({ ...usual, years: 5 }, today, { unit: 'gavle' })).toBe('?unit=gavle&years=5');
	expect(linkQuery(usual, today)).toBe('');
});
