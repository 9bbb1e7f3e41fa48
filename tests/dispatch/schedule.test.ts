import { expect, onTestFinished, test, vi } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { doubtRestored } from '#lib/server/rounds/after-restore.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
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

test('the clockwork wakes the plan up every minute, until it is stopped', async () => {
	vi.useFakeTimers({
		toFake: ['setTimeout', 'clearTimeout', 'Date'],
		now: Date.parse('2026-12-02T00:58:30+01:00')
	});
	onTestFinished(() => void vi.useRealTimers());
	const rounds = freshRounds();
	planAhead(rounds, '2026-11-01');
	const { done, begin } = await awake(rounds, { now: () => Date.now() });
	const plan = begin();
	await plan.wake();
	await vi.advanceTimersByTimeAsync(31_000);
	await plan.wake();
	expect(done).toEqual([]);
	await vi.advanceTimersByTimeAsync(60_000);
	await vi.waitFor(() => expect(done).toEqual(['freeze 2026-12', 'make 2026-12']));
	await plan.stop();
	rounds.db.exec(`update edition set state = 'frozen'`);
	await vi.advanceTimersByTimeAsync(3 * 60_000);
	expect(done).toHaveLength(2);
	expect(await plan.wake()).toEqual([]);
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
