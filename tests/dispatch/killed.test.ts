import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';
import { mailsOf, settleDoubtful, type Mail } from '#lib/server/rounds/outbox.ts';
import { bo, definition, eve, morning, queued, round } from './fresh-rounds.ts';
import { ownMailServer, type Moment, type OwnMailServer } from './own-mail-server.ts';

/** Where in a mail's way a process is killed, and at which mail that comes so far; and after so many ms of its work. */
const places: readonly (readonly [Moment, number] | number)[] = [
	['connect', 1],
	['mail', 3],
	['rcpt', 1],
	['bytes', 2],
	['taken', 1],
	['taken', 3],
	['answered', 2],
	Math.random() * 100
];

const mails = (rounds: Rounds): Mail[] => mailsOf(wholeNation, rounds, round);

/** Runs a process that sends, kills it there if it is told to, and waits for its end. Gives what it complained of. */
async function send(
	folder: string,
	server: OwnMailServer,
	place?: (typeof places)[number]
): Promise<{ said: string; wasKilled: boolean }> {
	const child = spawn(process.execPath, [
		'tests/dispatch/sending-process.ts',
		folder,
		String(server.settings.port)
	]);
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const ended = once(child, 'exit');
	if (Array.isArray(place)) {
		let left = place[1];
		server.onMoment = (moment) => {
			if (moment === place[0] && --left === 0) child.kill('SIGKILL');
		};
	}
	await Promise.race([once(child.stdout, 'data'), ended]);
	if (typeof place === 'number') {
		await later(place);
		child.kill('SIGKILL');
	}
	const [, signal] = await ended;
	delete server.onMoment;
	return { said, wasKilled: signal === 'SIGKILL' };
}

test('killed wherever a mail may be on its way, it sends nobody a second mail and forgets nobody', async () => {
	const units = definition.units.slice(0, 15).map(({ id }) => id);
	const rounds = queued(Object.fromEntries(units.map((unit) => [unit, [bo, eve]])));
	const server = await ownMailServer();
	const { received } = server;
	for (const place of places) {
		const { wasKilled } = await send(rounds.folder, server, place);
		expect(wasKilled, String(place)).toBe(true);
	}
	expect(await send(rounds.folder, server)).toEqual({ said: '', wasKilled: false });

	const delivered = (key: string) =>
		received.filter(({ messageId }) => messageId === `<${key}@register.example>`).length;
	const outcomes = mails(rounds).map(({ key, state }) => [key, state, delivered(key)] as const);
	expect(outcomes).toHaveLength(units.length * 2);
	for (const [key, state, times] of outcomes) {
		expect(['sent', 'doubtful'], key).toContain(state);
		expect(times, key).toBeLessThanOrEqual(1);
		if (state === 'sent') expect(times, key).toBe(1);
	}
	// each kill between the connection and the answer has left one in doubt: three before the bytes came, two after
	const doubtful = outcomes.filter(([, state]) => state === 'doubtful');
	expect(doubtful.length).toBeGreaterThanOrEqual(6);
	expect(doubtful.length).toBeLessThanOrEqual(places.length);
	expect(doubtful.filter(([, , times]) => times === 1).length).toBeGreaterThanOrEqual(2);
	expect(doubtful.filter(([, , times]) => times === 0).length).toBeGreaterThanOrEqual(3);

	for (const [key, , times] of doubtful)
		settleDoubtful(rounds, key, times ? 'sent' : 'queued', null, morning);
	expect((await send(rounds.folder, server)).said).toBe('');
	expect(mails(rounds).every(({ state }) => state === 'sent')).toBe(true);
	expect(outcomes.map(([key]) => delivered(key))).toEqual(outcomes.map(() => 1));
}, 180_000);

test('of two processes that begin at once one sends, and nobody gets two mails', async () => {
	const units = definition.units.slice(0, 10).map(({ id }) => id);
	const rounds = queued(Object.fromEntries(units.map((unit) => [unit, [bo]])));
	const server = await ownMailServer();
	const ends = await Promise.all([1, 2, 3].map(() => send(rounds.folder, server)));
	expect(ends.map(({ said }) => said)).toEqual(['', '', '']);
	expect(server.received.map(({ messageId }) => messageId).sort()).toEqual(
		units.map((unit) => `<2026-09.1.${unit}.1@register.example>`).sort()
	);
	expect(mails(rounds).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
});
