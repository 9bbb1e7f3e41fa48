import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { addDays, type Day } from '#lib/period/day.ts';
import { doubtRestored } from '#lib/server/rounds/after-restore.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { dueSteps, type PlannedRound, type PlanMoment } from '#lib/server/rounds/due-steps.ts';
import { editionsOf } from '#lib/server/rounds/edition.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';
import { mailsOf } from '#lib/server/rounds/outbox.ts';
import { planAhead, planOf } from '#lib/server/rounds/plan.ts';
import { schedule, type Schedule, type Works } from '#lib/server/rounds/schedule.ts';
import {
	addEdition,
	bo,
	contact,
	dispatching,
	freshRounds,
	hour,
	minute,
	morning,
	queued,
	round
} from './fresh-rounds.ts';
import { ownMailServer } from './own-mail-server.ts';

const day = 24 * hour;

const planned: PlannedRound = {
	id: round,
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

test('the plan begins with the cut-offs from its first day on, and leaves none out afterwards', () => {
	const rounds = freshRounds();
	planAhead(rounds, '2026-09-02');
	const ids = () => planOf(rounds).map(({ id }) => id);
	expect(ids()).toEqual(['2026-12', '2027-03', '2027-05', '2027-06', '2027-09', '2027-12']);
	planAhead(rounds, '2029-01-15');
	expect(ids()).toContain('2028-03');
	expect(ids().at(-1)).toBe('2030-12');
	expect(ids()).toHaveLength(1 + 4 * 5);
});

/** A plan that is woken by the test, with stand-ins for freezing and making. */
async function awake(rounds: Rounds, change: Partial<Works> = {}) {
	const clock = { at: Date.parse('2026-08-20T12:00:00+02:00') };
	const server = await ownMailServer();
	const done: string[] = [];
	const errors: unknown[] = [];
	const works: Works = {
		...dispatching(server.post, clock),
		rounds: () => rounds,
		scope: wholeNation,
		freeze: (id) => {
			done.push(`freeze ${id}`);
			addEdition(rounds, ['danderyd'], 1, 'frozen', id);
			return Promise.resolve();
		},
		make: (id) => {
			done.push(`make ${id}`);
			rounds.db.prepare(`update edition set state = 'made' where round = ?`).run(id);
		},
		isMaking: () => false,
		administrators: () => [{ id: 'anna', email: 'anna.ost@example.org', name: 'Anna Öst', locale: 'sv' }],
		onError: (error) => errors.push(error),
		...change
	};
	const begin = (): Schedule => {
		const begun = schedule(works);
		onTestFinished(() => begun.stop());
		return begun;
	};
	const release = () =>
		rounds.db.exec(`update edition set state = 'released', released_at = ${clock.at} where state = 'made'`);
	return { clock, server, done, errors, begin, release };
}

test('a round goes its way by itself, but for the release: frozen, made, told of, waited for, sent once', async () => {
	const rounds = freshRounds();
	contact(rounds, 'danderyd', bo);
	const { clock, server, done, errors, begin, release } = await awake(rounds);
	const { wake } = begin();
	for (const end = Date.parse('2026-09-08T12:00:00+02:00'); clock.at < end; clock.at += hour) await wake();
	expect(done).toEqual(['freeze 2026-09', 'make 2026-09']);
	expect(server.received.map(({ subject }) => subject)).toEqual([
		'Återkopplingen september 2026 väntar på att godkännas'
	]);
	expect(server.received[0]?.text).toContain(
		'De skickas till enheterna den 9 september 2026, om de är godkända då.'
	);
	expect(server.received[0]?.text).toContain('https://bortfall.example.org/rounds/2026-09');
	clock.at += 3 * day;
	await wake();
	expect(server.received.at(-1)?.text).toContain(
		'De skulle ha skickats till enheterna den 9 september 2026.'
	);
	expect(editionsOf(rounds).map(({ state }) => state)).toEqual(['made']);
	expect(server.received).toHaveLength(2);
	release();
	await wake();
	await wake();
	expect(server.received.slice(2).map(({ rcpt }) => rcpt[0])).toEqual(['bo.ek@example.org']);
	expect(editionsOf(rounds).map(({ state }) => state)).toEqual(['dispatched']);
	expect(errors).toEqual([]);
});

test('a server that was down makes up for the nights it missed when it starts', async () => {
	const rounds = freshRounds();
	contact(rounds, 'danderyd', bo);
	const { clock, server, done, begin, release } = await awake(rounds);
	await begin().stop();
	clock.at = Date.parse('2026-12-20T12:00:00+01:00');
	const late = begin();
	await late.wake();
	expect(done).toEqual(['freeze 2026-09', 'make 2026-09', 'freeze 2026-12', 'make 2026-12'].sort());
	release();
	await late.wake();
	expect(server.received.filter(({ attachments }) => attachments.length)).toHaveLength(2);
});

test('a step that fails is noted in the plan and tried again, and holds nothing else up', async () => {
	const rounds = queued();
	let faults = 2;
	const { clock, server, done, begin } = await awake(rounds, {
		freeze: (id) => {
			if (faults-- > 0) return Promise.reject(new Error('The disk is full.'));
			addEdition(rounds, ['danderyd'], 1, 'frozen', id);
			return Promise.resolve();
		}
	});
	clock.at = Date.parse('2026-11-30T12:00:00+01:00');
	const { wake } = begin();
	await wake();
	expect(server.received).toHaveLength(1);
	clock.at = Date.parse('2026-12-02T01:00:00+01:00');
	await wake();
	const december = () => planOf(rounds).find(({ id }) => id === '2026-12');
	expect(december()).toMatchObject({
		state: 'planned',
		fault: { act: 'freeze', tried: 1, words: 'The disk is full.' },
		tried: { act: 'freeze', nextAt: clock.at + 60_000 }
	});
	await wake();
	expect(faults).toBe(1);
	clock.at += 60_000;
	await wake();
	expect(december()?.fault?.tried).toBe(2);
	clock.at += 5 * 60_000;
	await wake();
	expect(december()).toMatchObject({ state: 'made', fault: null });
	expect(done).toEqual(['make 2026-12']);
});

test('a making that comes to nothing is begun again after a while, not at once', async () => {
	const rounds = freshRounds();
	let begun = 0;
	const { clock, begin } = await awake(rounds, { make: () => begun++ });
	const { wake } = begin();
	await wake();
	clock.at = Date.parse('2026-09-02T02:00:00+02:00');
	for (const end = clock.at + 40 * minute; clock.at < end; clock.at += minute) await wake();
	// after 0, 1, 6 and 31 minutes
	expect(begun).toBe(4);
});

test('what a backup brings back is doubtful, as it may have been sent since', async () => {
	const rounds = queued({ danderyd: [bo], lund: [] });
	contact(rounds, 'lund', { ...bo, email: 'lund@example.org' });
	expect(
		doubtRestored(wholeNation, rounds, dispatching((await ownMailServer()).post).definition, morning)
	).toBe(2);
	const server = await ownMailServer();
	await dispatch(rounds, dispatching(server.post));
	expect(server.received).toHaveLength(0);
	expect(mailsOf(wholeNation, rounds, round).map(({ state, fault }) => [state, fault])).toEqual([
		['doubtful', 'restored'],
		['doubtful', 'restored']
	]);
});
