import { z } from 'zod';
import type { Account } from '#lib/access/role.ts';
import { existingAccount, findAccount, type KeptAccount } from './account-row.ts';
import { doer, record } from './audit.ts';
import { keepSession, recordSignIn, sessionStates, type SessionState } from './new-session.ts';
import type { Access } from './open.ts';
import { absoluteLimit, idleLimit, tidy } from './tidy.ts';
import { sameHash, sha256 } from './token.ts';
import { transaction } from './transaction.ts';

export type { SessionState } from './new-session.ts';
export { absoluteLimit, idleLimit } from './tidy.ts';

/** Who is signed in; times are ms since 1970. */
export type Session = {
	id: string;
	account: KeptAccount;
	state: SessionState;
	begunAt: number;
	lastSeen: number;
	/** From which address it was begun. */
	address: string | null;
};

/** Written only so often, as every page of a reader moves it. */
const seenStep = 60_000;

/**
 * Begins a session and gives what its cookie holds, `id.secret`: of the secret only the SHA-256 is kept. One that is
 * whole from the start is a sign-in and is recorded as one.
 */
export function beginSession(
	access: Access,
	accountId: string,
	state: SessionState,
	address: string | null,
	instant: number
): string {
	return transaction(access, () => {
		tidy(access, instant);
		if (state === 'whole') recordSignIn(access, accountId, address, instant);
		return keepSession(access, accountId, state, address, instant);
	});
}

/**
 * After a second factor: a whole session in place of this one, under a new id. Gives what its cookie holds; undefined
 * when this one has ended.
 */
export function renewSession(
	access: Access,
	{ id, account, state, address }: Session,
	instant: number
): string | undefined {
	return transaction(access, () => {
		const { changes } = access.db.prepare('delete from session where id = ?').run(id);
		if (changes === 0) return undefined;
		if (state !== 'whole') recordSignIn(access, account.id, address, instant);
		return keepSession(access, account.id, 'whole', address, instant);
	});
}

const row = z.object({
	id: z.string(),
	secretHash: z.string(),
	accountId: z.string(),
	state: z.enum(sessionStates),
	begunAt: z.int(),
	lastSeen: z.int(),
	address: z.string().nullable()
});
const columns = `id, secret_hash as secretHash, account as accountId, state, begun_at as begunAt,
	last_seen as lastSeen, address`;

/** The session that a cookie stands for, if it is still going on and its account open; moves `lastSeen`. */
export function readSession(
	access: Access,
	cookie: string | undefined,
	instant: number
): Session | undefined {
	const [id, secret, ...rest] = cookie?.split('.') ?? [];
	if (!id || !secret || rest.length > 0) return undefined;
	const found = access.db.prepare(`select ${columns} from session where id = ?`).get(id);
	if (!found) return undefined;
	const { secretHash, accountId, state, begunAt, lastSeen, address } = row.parse(found);
	if (!sameHash(secretHash, sha256(secret)) || !goesOn({ begunAt, lastSeen }, instant)) return undefined;
	const account = findAccount(access, accountId);
	if (account?.state !== 'open') return undefined;
	const isMoved = instant - lastSeen >= seenStep;
	if (isMoved) access.db.prepare('update session set last_seen = ? where id = ?').run(instant, id);
	return { id, account, state, begunAt, lastSeen: isMoved ? instant : lastSeen, address };
}

const goesOn = ({ begunAt, lastSeen }: Pick<Session, 'begunAt' | 'lastSeen'>, instant: number) =>
	instant - lastSeen < idleLimit && instant - begunAt < absoluteLimit;

/** Throws when a session has been ended since it was read, as may be while something slow is computed. */
export function assertGoesOn({ db }: Access, { id }: Session): void {
	if (!db.prepare('select 1 from session where id = ?').get(id)) throw new Error('The session has ended.');
}

/** Signs somebody out. */
export function endSession(access: Access, { id, account, state }: Session, instant: number): void {
	transaction(access, () => {
		access.db.prepare('delete from session where id = ?').run(id);
		if (state === 'whole')
			record(access, { at: instant, who: account.id, name: account.name, act: 'signedOut' });
	});
}

/** Signs somebody out everywhere, asked for by `by` (null: a command), and gives how many sessions ended. */
export function endAllSessions(
	access: Access,
	by: Account | null,
	accountId: string,
	instant: number
): number {
	return transaction(access, () => {
		const { email } = existingAccount(access, accountId);
		const ended = endSessionsOf(access, accountId);
		record(access, { at: instant, ...doer(access, by), act: 'signedOutEverywhere', what: email });
		return ended;
	});
}

/** Ends the sessions of an account, except one if it is named, and gives how many there were. */
export function endSessionsOf({ db }: Access, accountId: string, except = ''): number {
	const { changes } = db.prepare('delete from session where account = ? and id <> ?').run(accountId, except);
	return Number(changes);
}

/** Where somebody is signed in now, the session used last first. */
export function listSessions(
	{ db }: Access,
	accountId: string,
	instant: number
): Pick<Session, 'id' | 'begunAt' | 'lastSeen' | 'address'>[] {
	const rows = db
		.prepare(`select ${columns} from session where account = ? and state = 'whole' order by last_seen desc`)
		.all(accountId);
	return z
		.array(row)
		.parse(rows)
		.filter((each) => goesOn(each, instant))
		.map(({ id, begunAt, lastSeen, address }) => ({ id, begunAt, lastSeen, address }));
}
