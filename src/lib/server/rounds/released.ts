import { z } from 'zod';
import type { Locale } from '#lib/catalogue/text.ts';
import { findEdition } from './edition.ts';
import type { MailFault } from './mail.ts';
import type { Rounds } from './open.ts';

const row = z.object({ path: z.string(), sha256: z.string(), opening: z.string().nullable() });

/** A unit's report as it may be mailed: its first sentence, where its PDF lies and the hash that it was made with. */
export type UnitReport = z.infer<typeof row>;

/** The report of a unit in an edition and a language; undefined where the edition has none. */
export function unitReport(
	{ db }: Rounds,
	round: string,
	edition: number,
	unit: string,
	locale: Locale
): UnitReport | undefined {
	const found = db
		.prepare(
			`select path, sha256, opening from report where round = ? and edition = ? and kind = 'unit' and subject = ?
				and locale = ? and format = 'pdf' and state = 'made'`
		)
		.get(round, edition, unit, locale);
	return found && row.parse(found);
}

/** The units that an edition has a report of. */
export function unitsReported({ db }: Rounds, round: string, edition: number): string[] {
	return db
		.prepare(
			`select distinct subject from report where round = ? and edition = ? and kind = 'unit' and state = 'made'
			order by subject`
		)
		.all(round, edition)
		.map(({ subject }) => String(subject));
}

/** Why nothing of an edition may be mailed: it is not released, or a later one is there. Undefined when it may be. */
export function heldBack(rounds: Rounds, round: string, number: number): MailFault | undefined {
	const newest = findEdition(rounds, round);
	if (newest && newest.number > number) return 'superseded';
	return newest?.state === 'released' || newest?.state === 'dispatched' ? undefined : 'notReleased';
}
