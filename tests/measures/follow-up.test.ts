import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figure } from '#lib/measures/figure.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { followUp, reasons, severities, type Note } from '#lib/measures/follow-up.ts';
import { addDays } from '#lib/period/day.ts';

const share = figure('timeliness', { onTime: 700, birthsDue: 1000 });
const flag: Flag = {
	kind: 'late',
	figure: share,
	earlier: share,
	id: 'late.2026-01',
	unit: 'kalmar',
	severity: 'middle',
	births: 100,
	p: 0.001
};
const worse = (changes: Partial<Pick<Flag, 'severity' | 'births'>>): Flag => ({ ...flag, ...changes });

const note = (number: number, changes: Partial<Note> = {}): Note => ({
	unit: 'kalmar',
	flag: 'late.2026-01',
	number,
	at: '2026-03-01 12:00:00',
	who: null,
	kind: 'acknowledged',
	reason: 'known',
	text: '',
	until: '2026-03-31',
	births: 100,
	severity: 'middle',
	...changes
});
const nothing = { acknowledged: null, back: null, ended: null };

test('a flag that nobody has acknowledged is not followed up, whatever notes it has', () => {
	expect(followUp(flag, [], '2026-03-10')).toEqual(nothing);
	const noted = note(1, { kind: 'note', reason: null, until: null, text: 'Vi tittar på det.' });
	expect(followUp(flag, [noted], '2026-03-10')).toEqual(nothing);
});

test('an acknowledgement holds through its last day, and then the flag is back', () => {
	const acknowledged = note(1);
	expect(followUp(flag, [acknowledged], '2026-03-31')).toEqual({ ...nothing, acknowledged });
	expect(followUp(flag, [acknowledged], '2026-04-01')).toEqual({
		...nothing,
		back: 'expired',
		ended: acknowledged
	});
});

test('from a day before it was written, an acknowledgement is not there', () => {
	expect(followUp(flag, [note(1)], '2026-02-28')).toEqual(nothing);
	expect(followUp(flag, [note(1)], '2026-03-01').acknowledged).toEqual(note(1));
});

test('a withdrawn acknowledgement does not hold, and a new one after it does', () => {
	const withdrawn = note(2, { kind: 'withdrawn', reason: null, until: null });
	expect(followUp(flag, [note(1), withdrawn], '2026-03-10')).toEqual(nothing);
	expect(followUp(flag, [withdrawn, note(3), note(1)], '2026-03-10').acknowledged?.number).toBe(3);
});

test('the newest acknowledgement counts, also when it ends sooner', () => {
	const shorter = note(2, { until: '2026-03-05' });
	expect(followUp(flag, [shorter, note(1)], '2026-03-10')).toMatchObject({ back: 'expired', ended: shorter });
});

test('a matter of higher severity comes back; one of lower severity rests', () => {
	expect(followUp(worse({ severity: 'high' }), [note(1)], '2026-03-10')).toMatchObject({ back: 'worse' });
	expect(followUp(worse({ severity: 'low' }), [note(1)], '2026-03-10').acknowledged).not.toBeNull();
});

test('half as many births again bring a matter back, but among few births only ten more', () => {
	const back = (then: number, now: number) =>
		followUp(worse({ births: now }), [note(1, { births: then })], '2026-03-10').back;
	expect([back(100, 149), back(100, 150)]).toEqual([null, 'worse']);
	expect([back(4, 13), back(4, 14)]).toEqual([null, 'worse']);
	expect(back(100, 20)).toBeNull();
});

test('a matter that is worse is told as such also when the day has passed', () => {
	expect(followUp(worse({ births: 400 }), [note(1)], '2026-05-01').back).toBe('worse');
});

test('what was noted without births and severity is not held against them', () => {
	const blind = note(1, { births: null, severity: null });
	expect(followUp(worse({ births: 9000, severity: 'high' }), [blind], '2026-03-10').back).toBeNull();
});

test('notes on other flags, and on the same flag of another unit, do not count', () => {
	expect(followUp(flag, [note(1, { unit: 'motala' })], '2026-03-10')).toEqual(nothing);
	expect(followUp(flag, [note(1, { flag: 'late.2025-01' })], '2026-03-10')).toEqual(nothing);
});

const anyNote = fc.record({
	number: fc.integer({ min: 1, max: 1000 }),
	at: fc.integer({ min: 0, max: 90 }).map((days) => `${addDays('2026-01-01', days)} 09:00:00`),
	kind: fc.constantFrom('acknowledged' as const, 'note' as const, 'withdrawn' as const),
	reason: fc.constantFrom(...reasons),
	until: fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-01-02', days)),
	births: fc.integer({ min: 0, max: 300 }),
	severity: fc.constantFrom(...severities)
});
const anyLog = fc
	.uniqueArray(anyNote, { selector: ({ number }) => number, maxLength: 8 })
	.map((notes) => notes.map(({ number, ...changes }) => note(number, changes)));
const anyDay = fc.integer({ min: 0, max: 150 }).map((days) => addDays('2026-01-01', days));

test('in whatever order the notes are given the answer is the same, and only the past decides it', () => {
	fc.assert(
		fc.property(anyLog, anyDay, (notes, asOf) => {
			const found = followUp(flag, notes, asOf);
			expect(followUp(flag, notes.toReversed(), asOf)).toEqual(found);
			const past = notes.filter(({ at }) => at.slice(0, 10) <= asOf);
			expect(followUp(flag, past, asOf)).toEqual(found);
		})
	);
});

test('what holds has not passed and is no worse than when it was written; what is back, is back for a reason', () => {
	fc.assert(
		fc.property(anyLog, anyDay, (notes, asOf) => {
			const { acknowledged, back, ended } = followUp(flag, notes, asOf);
			expect(acknowledged === null || ended === null).toBe(true);
			expect(ended === null).toBe(back === null);
			if (acknowledged) {
				expect(asOf <= String(acknowledged.until)).toBe(true);
				expect(acknowledged.severity).not.toBe('low');
			}
			if (back === 'expired') expect(asOf > String(ended?.until)).toBe(true);
		})
	);
});
