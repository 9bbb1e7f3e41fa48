import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { onTestFinished } from 'vitest';
import { invite, type KeptAccount, type NewAccount } from '#lib/server/access/accounts.ts';
import { useLink } from '#lib/server/access/links.ts';
import { openAccess, type Access } from '#lib/server/access/open.ts';
import { enrol, enrolment } from '#lib/server/access/second-factor.ts';
import { readSession, type Session } from '#lib/server/access/sessions.ts';

export const morning = Date.parse('2026-11-02T08:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;
export const address = '192.0.2.10';

/** A password that nothing is wrong with. */
export const password = 'tre små grisar på fest';

export const manager: NewAccount = {
	email: 'bo.ek@example.org',
	name: 'Bo Ek',
	role: 'unitManager',
	units: ['danderyd'],
	regions: []
};
export const administrator: NewAccount = {
	email: 'anna.ost@example.org',
	name: 'Anna Öst',
	role: 'administrator',
	units: [],
	regions: []
};

/** An access of its own for the test that asks, gone when it is finished. */
export function freshAccess(): Access {
	const access = openAccess(mkdtempSync(join(tmpdir(), 'access-')));
	onTestFinished(() => {
		access.close();
		rmSync(access.folder, { recursive: true });
	});
	return access;
}

/** What somebody got, when it is there; fails the test when it is not. */
export function there<Value>(value: Value | undefined): Value {
	if (value === undefined) throw new Error('There is nothing.');
	return value;
}

/** What came out well; fails the test with what came instead. */
export function well<Result extends object, Key extends string>(
	result: Result | undefined,
	key: Key
): Extract<Result, Record<Key, unknown>> {
	if (!result || !(key in result)) throw new Error(`No ${key} in ${JSON.stringify(result)}`);
	return result as Extract<Result, Record<Key, unknown>>;
}

/** Invites somebody. */
export const invited = (access: Access, who = manager, at = morning) =>
	well(invite(access, null, who, at), 'token');

/** An open account with a password and no second factor yet. */
export async function opened(access: Access, who = manager, at = morning): Promise<KeptAccount> {
	const { token, account } = invited(access, who, at);
	await useLink(access, token, password, address, at);
	return { ...account, state: 'open' };
}

/** The code that a telephone shows at a moment. */
export const codeAt = (secret: string, at: number) =>
	TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at });

/** An open account with a second factor, its secret and recovery codes, and a whole session. */
export async function enrolled(
	access: Access,
	who = manager,
	at = morning
): Promise<{ account: KeptAccount; secret: string; codes: string[]; session: Session; cookie: string }> {
	const { token } = invited(access, who, at);
	const begun = well(await useLink(access, token, password, address, at), 'session');
	const session = there(readSession(access, begun.session, at));
	const { secret } = enrolment(access, session);
	const set = well(await enrol(access, session, codeAt(secret, at), at), 'recoveryCodes');
	const whole = there(readSession(access, set.session, at));
	return { account: whole.account, secret, codes: set.recoveryCodes, session: whole, cookie: set.session };
}
