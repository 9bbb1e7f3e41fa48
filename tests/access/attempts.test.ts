import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginAttempt } from '#lib/server/access/attempts.ts';
import { networkOf } from '#lib/server/access/network.ts';
import type { Access } from '#lib/server/access/open.ts';
import { passSecondFactor, signIn } from '#lib/server/access/sign-in.ts';
import { beginSession, readSession } from '#lib/server/access/sessions.ts';
import {
	address,
	codeAt,
	enrolled,
	freshAccess,
	hour,
	manager,
	minute,
	morning,
	opened,
	password,
	there
} from './fresh-access.ts';

/** An attempt that fails: the seconds to wait, or 0 when it could be made. */
const fail = (access: Access, at: number, who = 'somebody', from: string | null = null) => {
	const attempt = beginAttempt(access, 'password', who, from, at);
	return 'retryAfter' in attempt ? attempt.retryAfter : 0;
};

test('five failures are free, then the wait grows: 1, 2, 4, 8 and never more than 15 minutes', () => {
	const access = freshAccess();
	let at = morning;
	for (let free = 0; free < 5; free++) expect(fail(access, at)).toBe(0);
	for (const minutes of [1, 2, 4, 8, 15, 15]) {
		expect(fail(access, at)).toBe(minutes * 60);
		expect(fail(access, at + minutes * minute - 1)).toBe(1);
		at += minutes * minute;
		expect(fail(access, at)).toBe(0);
	}
});

test('nobody waits longer than fifteen minutes, whatever has been tried', () => {
	fc.assert(
		fc.property(fc.array(fc.nat({ max: 20 * minute }), { maxLength: 60 }), (pauses) => {
			const access = freshAccess();
			let at = morning;
			for (const pause of pauses) {
				at += pause;
				expect(fail(access, at)).toBeLessThanOrEqual(15 * 60);
			}
			expect(fail(access, at + 15 * minute)).toBe(0);
		}),
		{ numRuns: 20 }
	);
});

test('failures are forgotten after an hour', () => {
	const access = freshAccess();
	for (let failed = 0; failed < 5; failed++) fail(access, morning);
	for (let failed = 0; failed < 5; failed++) expect(fail(access, morning + hour)).toBe(0);
	expect(fail(access, morning + hour)).toBe(60);
	const rows = access.db.prepare('select count(*) as rows from attempt').get();
	expect(rows?.rows).toBe(5);
});

test('a success clears the failures of the account; each account waits for its own', async () => {
	const access = freshAccess();
	for (let failed = 0; failed < 4; failed++) fail(access, morning);
	const attempt = beginAttempt(access, 'password', 'somebody', null, morning);
	if ('succeeded' in attempt) attempt.succeeded();
	for (let failed = 0; failed < 5; failed++) expect(fail(access, morning)).toBe(0);
	expect(fail(access, morning)).toBe(60);
	expect(fail(access, morning, 'somebody else')).toBe(0);
});

test('thirty failures from one address in fifteen minutes make it wait, others not', () => {
	const access = freshAccess();
	for (let failed = 0; failed < 30; failed++)
		expect(fail(access, morning + failed, `person ${failed}`, address)).toBe(0);
	expect(fail(access, morning + 100, 'another', address)).toBe(15 * 60);
	expect(fail(access, morning + 100, 'another', '192.0.2.11')).toBe(0);
	expect(fail(access, morning + 15 * minute, 'another', address)).toBe(0);
	expect(fail(access, morning + 15 * minute, 'another', address)).toBe(1);
});

test('a success from an address takes its own attempt from the address, and no more', () => {
	const access = freshAccess();
	for (let failed = 0; failed < 29; failed++) fail(access, morning, `person ${failed}`, address);
	for (let round = 0; round < 3; round++) {
		const attempt = beginAttempt(access, 'password', 'good', address, morning);
		expect(attempt).toHaveProperty('succeeded');
		if ('succeeded' in attempt) attempt.succeeded();
	}
	expect(fail(access, morning, 'bad', address)).toBe(0);
	expect(fail(access, morning, 'worse', address)).toBeGreaterThan(0);
});

test('an IPv6 address stands for its network of 64 bits, an IPv4 address for itself', () => {
	expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe(networkOf('2001:DB8:1:2::9'));
	expect(networkOf('2001:db8:1:2::9')).not.toBe(networkOf('2001:db8:1:3::9'));
	expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
	expect(networkOf('::1')).toBe('0:0:0:0::/64');
	expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
	expect(networkOf('::ffff:192.0.2.7')).toBe('192.0.2.7');
	expect(networkOf('192.0.2.7')).toBe('192.0.2.7');
	expect(networkOf('unix')).toBe('unix');
});

test('a port behind an address, as some proxies write it, makes it no other one', () => {
	expect(networkOf('192.0.2.7:50123')).toBe('192.0.2.7');
	expect(networkOf('[2001:db8::1]:50123')).toBe('2001:db8:0:0::/64');
	expect(networkOf('[2001:db8::1]')).toBe('2001:db8:0:0::/64');
});

test('after five wrong passwords the right one has to wait too, also for an account that is none', async () => {
	const access = freshAccess();
	await opened(access);
	for (const email of [manager.email, 'nobody@example.org']) {
		const tried = (written: string, at = morning) =>
			signIn(access, { email, password: written, address }, at);
		for (let failed = 0; failed < 5; failed++) expect(await tried('x')).toEqual({ refused: 'wrong' });
		expect(await tried(password)).toEqual({ refused: 'tooMany', retryAfter: 60 });
		expect(await tried('x', morning + 30_000)).toEqual({ refused: 'tooMany', retryAfter: 30 });
	}
	const signed = await signIn(access, { email: manager.email, password, address }, morning + minute);
	expect(signed).toHaveProperty('session');
});

test('many wrong passwords at the same time are counted like many one after the other', async () => {
	const access = freshAccess();
	await opened(access);
	const all = await Promise.all(
		Array.from({ length: 12 }, () =>
			signIn(access, { email: manager.email, password: 'x', address }, morning)
		)
	);
	expect(all.filter((each) => 'refused' in each && each.refused === 'wrong')).toHaveLength(5);
	expect(all.filter((each) => 'refused' in each && each.refused === 'tooMany')).toHaveLength(7);
});

test('codes have limits of their own, which another session of the account meets too', async () => {
	const access = freshAccess();
	const { secret, account } = await enrolled(access);
	const waiting = () =>
		there(readSession(access, beginSession(access, account.id, 'secondFactor', address, morning), morning));
	const code = codeAt(secret, morning + minute / 2);
	const wrong = code === '000000' ? '000001' : '000000';
	for (let failed = 0; failed < 5; failed++)
		expect(await passSecondFactor(access, waiting(), wrong, address, morning)).toEqual({ refused: 'wrong' });
	expect(await passSecondFactor(access, waiting(), code, address, morning)).toEqual({
		refused: 'tooMany',
		retryAfter: 60
	});
	const later = morning + minute;
	const passed = await passSecondFactor(access, waiting(), codeAt(secret, later), address, later);
	expect(passed).toHaveProperty('session');
});

test('what was written in place of an e-mail address is not kept', async () => {
	const access = freshAccess();
	await signIn(access, { email: 'mitt hemliga ord', password: 'x', address }, morning);
	const rows = access.db.prepare('select subject from attempt').all();
	expect(rows).toHaveLength(2);
	expect(JSON.stringify(rows)).not.toContain('hemliga');
});
