import { forgetOldAttempts } from './attempts.ts';
import { forgetOld } from './audit.ts';
import type { Access } from './open.ts';

/** A session ends when nothing has been asked for this long, in ms … */
export const idleLimit = 30 * 60_000;
/** … and in any case after this long. */
export const absoluteLimit = 10 * 60 * 60_000;

/**
 * Removes what has ended: sessions, links, ways to another sign-in that nobody came back from, attempts, and entries
 * of the audit that are older than five years.
 */
export function tidy(access: Access, instant: number): void {
	access.db
		.prepare('delete from session where last_seen <= ? or begun_at <= ?')
		.run(instant - idleLimit, instant - absoluteLimit);
	for (const table of ['link', 'journey'])
		access.db.prepare(`delete from ${table} where ends_at <= ?`).run(instant);
	forgetOldAttempts(access, instant);
	forgetOld(access, instant);
}
