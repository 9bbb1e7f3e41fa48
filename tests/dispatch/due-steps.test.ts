import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day } from '#lib/period/day.ts';
import { dueSteps, type PlannedRound, type PlanMoment } from '#lib/server/rounds/due-steps.ts';

const planned: PlannedRound = {
	id: '2026-09',
	cutOff: '2026-09-01',
	sentOn: '2026-09-09',
	state: 'planned',
	edition: null,
	isMaking: false,
	remindedOn: null,
	queuedEdition: null,
	tried: null
};
const at = (today: Day, hourOfDay = 12): PlanMoment => ({ today, hour: hourOfDay, instant: 0 });
const due = (change: Partial<PlannedRound>, moment: PlanMoment) =>
	dueSteps([{ ...planned, ...change }], moment).map(({ act }) => act);

test('a round is frozen in the night after its cut-off, when that day’s files are in, or any day later', () => {
	expect(due({}, at('2026-09-01', 23))).toEqual([]);
	expect(due({}, at('2026-09-02', 0))).toEqual([]);
	expect(due({}, at('2026-09-02', 1))).toEqual(['freeze']);
	expect(due({}, at('2026-11-20', 0))).toEqual(['freeze']);
});

test('what is frozen is made, once at a time', () => {
	expect(due({ state: 'frozen', edition: 1 }, at('2026-09-02', 2))).toEqual(['make']);
	expect(due({ state: 'frozen', edition: 1, isMaking: true }, at('2026-09-02', 2))).toEqual([]);
});

test('administrators are told when it is made, and every morning from the day of sending for two weeks', () => {
	const made = { state: 'made', edition: 1 } as const;
	expect(due(made, at('2026-09-02', 6))).toEqual([]);
	expect(due(made, at('2026-09-02', 7))).toEqual(['askForRelease']);
	expect(due({ ...made, remindedOn: '2026-09-02' }, at('2026-09-08'))).toEqual([]);
	expect(due({ ...made, remindedOn: '2026-09-02' }, at('2026-09-09'))).toEqual(['askForRelease']);
	expect(due({ ...made, remindedOn: '2026-09-09' }, at('2026-09-09'))).toEqual([]);
	expect(due({ ...made, remindedOn: '2026-09-22' }, at('2026-09-23'))).toEqual(['askForRelease']);
	expect(due({ ...made, remindedOn: '2026-09-23' }, at('2026-09-24'))).toEqual([]);
});

test('a released round is sent in the morning of its day, or when it is released after that; a correction again', () => {
	const released = { state: 'released', edition: 1 } as const;
	expect(due(released, at('2026-09-08'))).toEqual([]);
	expect(due(released, at('2026-09-09', 6))).toEqual([]);
	expect(due(released, at('2026-09-09', 7))).toEqual(['queue']);
	expect(due(released, at('2026-10-01', 0))).toEqual(['queue']);
	expect(due({ ...released, queuedEdition: 1 }, at('2026-10-01'))).toEqual([]);
	expect(due({ ...released, edition: 2, queuedEdition: 1 }, at('2026-10-01'))).toEqual(['queue']);
});

test('the silent round is frozen and made, and nobody hears of it', () => {
	const silent = { id: '2026-05', cutOff: '2026-05-02', sentOn: null };
	expect(due(silent, at('2026-05-03'))).toEqual(['freeze']);
	expect(due({ ...silent, state: 'frozen', edition: 1 }, at('2026-05-03'))).toEqual(['make']);
	for (const state of ['made', 'released'] as const)
		expect(due({ ...silent, state, edition: 1 }, at('2026-05-20'))).toEqual([]);
});

const anyDay = fc.integer({ min: 0, max: 800 }).map((count) => addDays('2025-12-01', count));
const anyRound: fc.Arbitrary<PlannedRound> = fc
	.record({
		cutOff: anyDay,
		isSilent: fc.boolean(),
		state: fc.constantFrom('planned', 'frozen', 'made', 'released', 'dispatched'),
		isMaking: fc.boolean(),
		remindedOn: fc.option(anyDay),
		queuedEdition: fc.option(fc.constantFrom(1, 2)),
		number: fc.constantFrom(1, 2),
		tried: fc.option(
			fc.record({
				act: fc.constantFrom('freeze', 'make', 'askForRelease', 'queue'),
				nextAt: fc.integer({ min: 0, max: 2 })
			})
		)
	})
	.map(({ isSilent, number, ...each }) => ({
		...each,
		id: each.cutOff.slice(0, 7),
		sentOn: isSilent ? null : addDays(each.cutOff, 8),
		edition: each.state === 'planned' ? null : number
	}));
const anyMoment = fc.record({
	today: anyDay,
	hour: fc.integer({ min: 0, max: 23 }),
	instant: fc.integer({ min: 0, max: 3 })
});

test('whatever has become of a round, nothing is due before its cut-off is over, and nothing goes out unreleased', () => {
	fc.assert(
		fc.property(anyRound, anyMoment, (each, moment) => {
			const { cutOff, sentOn, state, tried } = each;
			const [step, ...more] = dueSteps([each], moment);
			expect(more).toEqual([]);
			if (moment.today <= cutOff) expect(step?.act).not.toBe('freeze');
			if (state === 'dispatched') expect(step).toBeUndefined();
			if (tried && moment.instant < tried.nextAt) expect(step?.act).not.toBe(tried.act);
			if (step?.act === 'freeze') expect(state).toBe('planned');
			if (step?.act === 'make') expect(state).toBe('frozen');
			if (step?.act === 'askForRelease') expect(state).toBe('made');
			if (step?.act === 'queue') {
				expect(state).toBe('released');
				expect(sentOn !== null && moment.today >= sentOn).toBe(true);
			}
		})
	);
});

test('the steps of several rounds are those of each, the earlier round first', () => {
	fc.assert(
		fc.property(
			fc.uniqueArray(anyRound, { selector: ({ id }) => id, maxLength: 5 }),
			anyMoment,
			(all, moment) => {
				const inOrder = all.toSorted((a, b) => a.cutOff.localeCompare(b.cutOff));
				expect(dueSteps(all, moment)).toEqual(inOrder.flatMap((each) => dueSteps([each], moment)));
			}
		)
	);
});

test('what is due stays due until it is done, however long nobody is awake; only the telling of administrators ends', () => {
	fc.assert(
		fc.property(anyRound, anyMoment, fc.integer({ min: 0, max: 400 }), (each, moment, days) => {
			const [now] = dueSteps([each], moment);
			if (!now || now.act === 'askForRelease') return;
			const later = { ...moment, today: addDays(moment.today, days), instant: 3 };
			expect(dueSteps([each], later)).toEqual([now]);
		})
	);
});
