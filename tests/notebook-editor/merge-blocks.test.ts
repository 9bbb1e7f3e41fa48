import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { mergeBlocks } from '../../src/routes/notebooks/[notebook=slug]/edit/merge-blocks.ts';

/** Shows one page, then another; says which elements of the first are still there. */
function shown(before: string, after: string) {
	const { document } = parseHTML(
		`<html><body><article>${before}</article><aside>${after}</aside></body></html>`
	);
	const article = document.querySelector('article') as unknown as Element;
	const old = new Set(article.querySelectorAll('*'));
	mergeBlocks(article, document.querySelector('aside') as unknown as Element);
	return {
		html: article.innerHTML,
		same: [...article.querySelectorAll('*')].filter((each) => old.has(each)).map((each) => each.textContent)
	};
}

test.for([
	['<p>a</p><p>b</p><p>c</p>', '<p>a</p><p>B</p><p>c</p>', ['a', 'c']],
	['<p>a</p><p>b</p>', '<p>new</p><p>a</p><p>b</p>', ['a', 'b']],
	['<p>a</p><p>b</p><p>c</p>', '<p>a</p><p>c</p>', ['a', 'c']],
	['<p>a</p><p>b</p><p>c</p>', '<p>c</p><p>a</p><p>b</p>', ['c', 'a', 'b']],
	['<p>a</p><p>a</p>', '<p>a</p><p>a</p><p>a</p>', ['a', 'a']],
	['', '<p>a</p>', []],
	['<p>a</p>', '', []],
	['<p>a</p><p>b</p><p>c</p><p>d</p>', '<p>x</p><p>b</p><p>y</p><p>c</p>', ['b', 'c']]
] as const)('%s becomes %s, and %j stay what they are', ([before, after, same]) => {
	expect(shown(before, after)).toEqual({ html: after, same });
});

test('a section of which a block has changed is not made anew', () => {
	const { html, same } = shown(
		'<div class="lead"><p>a</p><p>b</p></div><p>c</p>',
		'<div class="lead"><p>a</p><p>B</p></div><p>c</p>'
	);
	expect(html).toBe('<div class="lead"><p>a</p><p>B</p></div><p>c</p>');
	expect(same).toEqual(['aB', 'a', 'c']);
});

test('a section of another kind is another one', () => {
	expect(shown('<div class="lead"><p>a</p></div>', '<div class="note"><p>a</p></div>').html).toBe(
		'<div class="note"><p>a</p></div>'
	);
});

test('what has been opened or marked in a block does not make it another, nor another line that it is written on', () => {
	const { document } = parseHTML('<html><body><article></article></body></html>');
	const article = document.querySelector('article') as unknown as Element;
	const show = (html: string) => {
		const made = document.createElement('div');
		made.innerHTML = html;
		mergeBlocks(article, made as unknown as Element);
	};
	show('<p data-line="3">a</p><div class="lead"><details data-line="5">b</details></div>');
	const details = article.querySelector('details');
	details?.setAttribute('open', '');
	article.querySelector('p')?.classList.add('marked');
	show(
		'<p data-line="3">a</p><p data-line="5">new</p><div class="lead"><details data-line="7">b</details></div>'
	);
	expect(article.querySelector('details')).toBe(details);
	const lines = [...article.querySelectorAll('[data-line]')].map((each) => each.getAttribute('data-line'));
	expect(lines).toEqual(['3', '5', '7']);
	expect(article.querySelector('.marked')?.textContent).toBe('a');
});

test('any page becomes any other', () => {
	const letters = ['a', 'b', 'c', 'd', 'e'];
	let seed = 7;
	const next = (most: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % most;
	const page = () => Array.from({ length: next(7) }, () => `<p>${letters[next(5)]}</p>`).join('');
	for (let turn = 0; turn < 300; turn++) {
		const [before, after] = [page(), page()];
		expect(shown(before, after).html, `${before} → ${after}`).toBe(after);
	}
});
