import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';
import { mailsOf, settleDoubtful, type Mail } from '#lib/server/rounds/outbox.ts';
import { bo, definition, eve, morning, queued, round } from './fresh-rounds.ts';
import { ownMailServer } from './own-mail-server.ts';

const kills = 20;
/** A process is killed at some moment within so many ms after it was ready. */
const within = 400;

const mails = (rounds: Rounds): Mail[] => mailsOf(wholeNation, rounds, round);

/** Runs a process that sends, kills it after so many ms if it is told to, and waits for its end. */
async function send(folder: string, port: number, killAfter?: number): Promise<string> {
	const child = spawn(process.execPath, ['tests/dispatch/sending-process.ts', folder, String(port)]);
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
	const ended = once(child, 'exit');
	await Promise.race([once(child.stdout, 'data'), ended]);
	if (killAfter !== undefined) {
		await later(killAfter);
		child.kill('SIGKILL');
	}
	await ended;
	return said;
}

test(`killed ${kills} times while it sends, it sends nobody a second mail and forgets nobody`, async () => {
	const units = definition.units.slice(0, 30).map(({ id }) => id);
	const rounds = queued(Object.fromEntries(units.map((unit) => [unit, [bo, eve]])));
	const { settings, received } = await ownMailServer();
	for (let kill = 0; kill < kills; kill++) await send(rounds.folder, settings.port, Math.random() * within);
	expect(await send(rounds.folder, settings.port)).toBe('');

	const delivered = (key: string) =>
		received.filter(({ messageId }) => messageId === `<${key}@register.example>`).length;
	const outcomes = mails(rounds).map(({ key, state }) => [key, state, delivered(key)] as const);
	expect(outcomes).toHaveLength(units.length * 2);
	for (const [key, state, times] of outcomes) {
		expect(['sent', 'doubtful'], key).toContain(state);
		expect(times, key).toBeLessThanOrEqual(1);
		if (state === 'sent') expect(times, key).toBe(1);
	}
	// the kills were felt
	const doubtful = outcomes.filter(([, state]) => state === 'doubtful');
	expect(doubtful.length).toBeGreaterThan(0);
	expect(doubtful.length).toBeLessThanOrEqual(kills);

	for (const [key, , times] of doubtful)
		settleDoubtful(rounds, key, times ? 'sent' : 'queued', null, morning);
	expect(await send(rounds.folder, settings.port)).toBe('');
	expect(mails(rounds).every(({ state }) => state === 'sent')).toBe(true);
	expect(outcomes.map(([key]) => delivered(key))).toEqual(outcomes.map(() => 1));
}, 180_000);

test('of two processes that begin at once one sends, and nobody gets two mails', async () => {
	const units = definition.units.slice(0, 10).map(({ id }) => id);
	const rounds = queued(Object.fromEntries(units.map((unit) => [unit, [bo]])));
	const { settings, received } = await ownMailServer();
	const said = await Promise.all([1, 2, 3].map(() => send(rounds.folder, settings.port)));
	expect(said).toEqual(['', '', '']);
	expect(received.map(({ messageId }) => messageId).sort()).toEqual(
		units.map((unit) => `<2026-09.1.${unit}.1@register.example>`).sort()
	);
	expect(mails(rounds).every(({ state, attempts }) => state === 'sent' && attempts === 1)).toBe(true);
});
