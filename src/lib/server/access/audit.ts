import { z } from 'zod';
import type { Account } from '#lib/access/role.ts';
import { addDays, type Day } from '#lib/period/day.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import { existingAccount } from './account-row.ts';
import { entryHash, entryRow, type Act, type AuditEntry, type NewEntry } from './audit-entry.ts';
import { beginning, type Chained } from './audit-head.ts';
import type { Access } from './open.ts';
import { transaction } from './transaction.ts';

export { checkChain, forgetOld } from './audit-check.ts';
export { acts, type Act, type AuditEntry } from './audit-entry.ts';

/**
 * Who does something, for an entry: a person, or whoever runs a command on the machine. Throws when the person's
 * account has been closed or given another role since the request began: a form may take half a minute to arrive.
 */
export function doer(access: Access, by: Account | null): Pick<NewEntry, 'who' | 'name'> {
	if (!by) return { who: null, name: 'npm run account' };
	const { state, role } = existingAccount(access, by.id);
	if (state !== 'open' || role !== by.role) throw new Error(`The account ${by.id} may not do that any more.`);
	return { who: by.id, name: by.name };
}

// half a character would come back as another one, and the chain would seem changed
const words = (text: string) => withoutIdentityNumbers(text).slice(0, 500).toWellFormed();

/** Adds an entry at the end of the audit. No identity number is kept in it. */
export function record(access: Access, { at, who, name, act, ...told }: NewEntry): void {
	transaction(access, () => {
		const last = lastEntry(access);
		const entry: AuditEntry = {
			number: last.number + 1,
			at,
			who,
			name: words(name),
			act,
			unit: told.unit ? words(told.unit) : null,
			what: told.what ? words(told.what) : null,
			address: told.address ?? null
		};
		access.db
			.prepare(`insert into audit values ($number, $at, $who, $name, $act, $unit, $what, $address, $hash)`)
			.run({ ...entry, hash: entryHash(entry, last.hash) });
	});
}

function lastEntry({ db }: Access): Chained {
	const last = db.prepare('select number, hash from audit order by number desc limit 1').get();
	return last ? { number: Number(last.number), hash: String(last.hash) } : beginning;
}

/** Which entries are asked for, days as they are in Sweden, both included; and which part of them. */
export type AuditFilter = {
	from?: Day;
	to?: Day;
	who?: string;
	act?: Act;
	unit?: string;
	limit: number;
	offset: number;
};

/** The entries that a filter lets through, the newest first, and how many there are in all. */
export function auditEntries(
	{ db }: Access,
	{ from, to, who, act, unit, limit, offset }: AuditFilter
): { entries: AuditEntry[]; total: number } {
	const where = `from audit where at >= $from and at < $to and ($who is null or who = $who)
		and ($act is null or act = $act) and ($unit is null or unit = $unit)`;
	const values = {
		from: from ? startOf(from) : 0,
		to: to ? startOf(addDays(to, 1)) : Number.MAX_SAFE_INTEGER,
		who: who ?? null,
		act: act ?? null,
		unit: unit ?? null
	};
	const counted = db.prepare(`select count(*) as total ${where}`).get(values);
	const entries = db
		.prepare(`select * ${where} order by number desc limit $limit offset $offset`)
		.all({ ...values, limit, offset });
	return { entries: z.array(entryRow).parse(entries), total: Number(counted?.total) };
}

const hourInSweden = new Intl.DateTimeFormat('en', {
	timeZone: 'Europe/Stockholm',
	hour: 'numeric',
	hourCycle: 'h23'
});

/** When a day begins in Sweden: at 23 or 22 o'clock of the day before in universal time. */
function startOf(day: Day): number {
	const midnight = Date.parse(`${day}T00:00:00Z`);
	const inSummer = midnight - 2 * 60 * 60_000;
	return hourInSweden.format(inSummer) === '00' ? inSummer : midnight - 60 * 60_000;
}
