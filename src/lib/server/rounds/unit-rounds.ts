import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { editionsOf, type Edition } from './edition.ts';
import type { Rounds } from './open.ts';
import { reportFormats, type FlagNumbers, type ReportFormat } from './report-kind.ts';

/** A file of a unit's report: its language and format, and how large it is. */
export type UnitFile = { locale: Locale; format: ReportFormat; bytes: number };

/** A unit's report in a released edition: its first sentence by language, its flags, and the files it is in. */
export type UnitRound = {
	edition: Edition;
	/** Whether a later edition of the same round has been released. */
	isSuperseded: boolean;
	opening: Partial<Record<Locale, string>>;
	flags: Omit<FlagNumbers, 'newBirths'> | null;
	files: UnitFile[];
};

const row = z.object({
	round: z.string(),
	edition: z.int(),
	locale: z.enum(locales),
	format: z.enum(reportFormats),
	bytes: z.int(),
	opening: z.string().nullable(),
	newFlags: z.int().nullable(),
	persisting: z.int().nullable(),
	resolved: z.int().nullable()
});
type Row = z.infer<typeof row>;

/** A unit's reports in all released editions, the newest first; none for a unit outside the scope. */
export function unitRounds(scope: Scope, rounds: Rounds, unit: string): UnitRound[] {
	if (!maySee(scope, unit)) return [];
	const rows = rounds.db
		.prepare(
			`select round, edition, locale, format, bytes, opening, new_flags as newFlags,
				persisting_flags as persisting, resolved_flags as resolved
			from report where kind = 'unit' and subject = ? and state = 'made'
			order by locale desc, format`
		)
		.all(unit);
	const files = Map.groupBy(z.array(row).parse(rows), ({ round, edition }) => `${round}.${edition}`);
	const released = editionsOf(rounds).filter(({ releasedAt }) => releasedAt !== null);
	return released.flatMap((edition) => {
		const own = files.get(`${edition.round}.${edition.number}`);
		const isSuperseded = released.some(
			({ round, number }) => round === edition.round && number > edition.number
		);
		return own ? [{ edition, isSuperseded, ...reportOf(own) }] : [];
	});
}

function reportOf(files: readonly Row[]): Pick<UnitRound, 'opening' | 'flags' | 'files'> {
	const opening: UnitRound['opening'] = {};
	for (const file of files) if (file.opening !== null) opening[file.locale] = file.opening;
	const told = files.find(({ newFlags }) => newFlags !== null);
	const flags = told && {
		new: told.newFlags ?? 0,
		persisting: told.persisting ?? 0,
		resolved: told.resolved ?? 0
	};
	return {
		opening,
		flags: flags ?? null,
		files: files.map(({ locale, format, bytes }) => ({ locale, format, bytes }))
	};
}
