import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffCounts, lineDiff } from '#lib/notebook/line-diff.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 }).map((lines) => lines.join('\n'));

test('both texts can be read from their difference, each line under its own number', () => {
	fc.assert(
		fc.property(text, text, fc.nat(4), (before, after, around) => {
			const parts = lineDiff(before, after, around);
			const sides = parts.map((part) =>
				part.kind === 'same' ? { old: part.lines, new: part.lines } : { old: part.taken, new: part.added }
			);
			const [old, put] = [sides.flatMap((side) => side.old), sides.flatMap((side) => side.new)];
			expect(old.map((line) => line.text).join('\n')).toBe(before);
			expect(put.map((line) => line.text).join('\n')).toBe(after);
			expect(old.map((line) => line.before)).toEqual(old.map((_, at) => at + 1));
			expect(put.map((line) => line.after)).toEqual(put.map((_, at) => at + 1));
		})
	);
});

test('beside a change stand three lines, what lies farther off is folded', () => {
	const lines = Array.from({ length: 30 }, (_, n) => `line ${n + 1}`);
	const parts = lineDiff(lines.join('\n'), lines.with(14, 'changed').join('\n'));
	const told = parts.map((part) => (part.kind === 'same' ? [part.isFolded, part.lines.length] : part.kind));
	expect(told).toEqual([[true, 11], [false, 3], 'changed', [false, 3], [true, 12]]);
	expect(diffCounts(parts)).toEqual({ added: 1, taken: 1 });
});
