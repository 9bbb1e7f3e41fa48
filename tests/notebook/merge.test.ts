import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { markedLines, merge } from '#lib/notebook/merge.ts';
import { retitle } from '#lib/notebook/retitle.ts';
import { lineChanges } from '#lib/notebook/line-changes.ts';
import { fold } from '#lib/notebook/fold.ts';

const words = { mine: 'Mine', theirs: 'Theirs', end: 'End' };
const text = (...lines: string[]) => lines.join('\n');
const merged = (mine: string, base: string, theirs: string) => merge(mine, base, theirs, words);

test('what only one has changed is taken, wherever it stands', () => {
	const base = text('a', 'b', 'c', 'd', 'e');
	expect(merged(text('A', 'b', 'c', 'd', 'e'), base, text('a', 'b', 'c', 'd', 'E', 'f'))).toEqual({
		text: text('A', 'b', 'c', 'd', 'E', 'f'),
		conflicts: 0
	});
	expect(merged(base, base, 'other').text).toBe('other');
	expect(merged('other', base, base).text).toBe('other');
	expect(merged('same', base, 'same')).toEqual({ text: 'same', conflicts: 0 });
});

test('where both have changed the same line both stand there, between marks that are found again', () => {
	const { text: both, conflicts } = merged(
		text('a', 'mine', 'c'),
		text('a', 'b', 'c'),
		text('a', 'theirs', 'c')
	);
	expect(conflicts).toBe(1);
	expect(both).toBe(text('a', '<<<<<<< Mine', 'mine', '======= Theirs', 'theirs', '>>>>>>> End', 'c'));
	expect(markedLines(both)).toEqual([2, 4, 6]);
});

test('lines of Markdown and SQL that only resemble marks are none', () => {
	expect(
		markedLines(text('Heading', '=======', '---', '> > > quoted', 'select a <<<<<<< b', '>>>>>>>'))
	).toEqual([]);
});

const letters = fc.constantFrom('a', 'b', 'c', 'd', '');
const someText = fc.array(letters, { maxLength: 12 }).map((lines) => lines.join('\n'));
/** Changes that a person makes: each puts a line of their own in, takes one away, or changes one. */
const changes = fc.array(fc.record({ at: fc.nat(12), how: fc.constantFrom('add', 'take', 'change') }), {
	maxLength: 5
});
type Changes = readonly { at: number; how: string }[];

function changed(base: string, how: Changes, who: string): string {
	const lines = base.split('\n');
	for (const [index, { at, how: change }] of how.entries()) {
		const place = at % (lines.length + 1);
		const own = `${who}${index}`;
		if (change === 'add') lines.splice(place, 0, own);
		else if (change === 'take') lines.splice(place, 1);
		else lines.splice(place, 1, own);
	}
	return lines.join('\n');
}

test('every line that somebody has written stands in what is merged', () => {
	fc.assert(
		fc.property(someText, changes, changes, (base, his, hers) => {
			const mine = changed(base, his, 'his');
			const theirs = changed(base, hers, 'hers');
			const lines = new Set(merged(mine, base, theirs).text.split('\n'));
			for (const line of `${mine}\n${theirs}`.split('\n'))
				if (line.startsWith('h')) expect(lines).toContain(line);
		}),
		{ numRuns: 2000 }
	);
});

test('a line that neither has taken away is still there, as often as before', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 12 }),
			changes,
			changes,
			(lines, his, hers) => {
				const base = lines.map((line) => line.replaceAll('\n', ' ').trim()).join('\n');
				const mine = changed(base, his, 'his-');
				const theirs = changed(base, hers, 'hers-');
				const both = merged(mine, base, theirs).text.split('\n');
				for (const line of base.split('\n'))
					if (mine.split('\n').includes(line) && theirs.split('\n').includes(line))
						expect(both).toContain(line);
			}
		),
		{ numRuns: 2000 }
	);
});

test('large texts are merged in little time, also where nothing or everything is alike', () => {
	const many = (count: number, line: (n: number) => string) =>
		Array.from({ length: count }, (_, n) => line(n)).join('\n');
	const base = many(20_000, (n) => (n % 2 ? '' : `line ${n}`));
	const mine = base.replaceAll('00\n', '01\n');
	const began = performance.now();
	expect(merged(mine, base, base.replaceAll('50\n', '51\n')).conflicts).toBe(0);
	expect(
		merged(
			many(400_000, () => ''),
			many(500_000, () => ''),
			many(400_001, () => '')
		).conflicts
	).toBe(0);
	expect(
		merged(
			many(9000, (n) => `a ${n}`),
			base,
			many(9000, (n) => `b ${n}`)
		).conflicts
	).toBe(1);
	expect(performance.now() - began).toBeLessThan(8000);
});

test('line for line, changes make the second text of the first', () => {
	fc.assert(
		fc.property(someText, someText, (before, after) => {
			const lines = before.split('\n');
			const found = lineChanges(lines, after.split('\n'));
			for (const { from, to, lines: put } of found.toReversed()) lines.splice(from, to - from, ...put);
			expect(lines.join('\n')).toBe(after);
			expect(found.every(({ from }, at) => from > (found[at - 1]?.to ?? -1))).toBe(true);
		})
	);
});

test('a title becomes a name with small letters; what nothing can be made of gives nothing', () => {
	expect(fold('Årsrapport för Södra 2026', 60)).toBe('arsrapport-for-sodra-2026');
	expect(fold('2026 års rapport', 60)).toBe('ars-rapport-2026');
	expect(fold('Straße & Ærø: ΑΒΓ', 60)).toBe('strasse-aero');
	expect(fold('ＦＵＬＬ width', 60)).toBe('full-width');
	expect(fold('../../etc/passwd', 60)).toBe('etc-passwd');
	expect(fold('日本語', 60)).toBe('');
	expect(fold(`${'long '.repeat(20)}`, 20)).toBe('long-long-long-long');
	expect(fold('x'.repeat(100), 60)).toHaveLength(60);
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (title) => {
			expect(fold(title, 60)).toMatch(/^([a-z0-9]+(-[a-z0-9]+)*)?$/);
		})
	);
});

test('a notebook is retitled in its header only, however its title is written', () => {
	const rest = 'audience: statistician # stays\n---\ntitle: not this one\n';
	for (const title of [
		'title: { sv: Gammal, en: Old }\n',
		'title:\n  sv: Gammal\n  en: Old\n',
		"title: 'Old'   # a comment\n",
		'title:\n  - if: a.b\n    sv: x\n    en: y\n  - { sv: x, en: y }\n'
	])
		expect(retitle(`---\n${title}${rest}`, 'Nya "titeln": 2026'), title).toMatch(
			/^---\ntitle:\s+"Nya \\"titeln\\": 2026"( +# a comment)?\naudience: statistician # stays\n---\ntitle: not this one\n$/
		);
	for (const odd of ['no header', '---\naudience: x\n---\n', '---\n[\n---\n'])
		expect(retitle(odd, 'New')).toBe(odd);
});
