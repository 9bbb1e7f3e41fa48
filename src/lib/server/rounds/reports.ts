import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { reportBytes } from './damaged.ts';
import { editionsOf, type Edition } from './edition.ts';
import type { Rounds } from './open.ts';
import { kindNames, reportFormats, type FlagNumbers, type Kind, type ReportFormat } from './report-kind.ts';

/** One file of a round's reports, and what has become of it. */
export type ReportRow = {
	round: string;
	edition: number;
	kind: Kind;
	/** A unit's id, a clinic's number, or 'nation'. */
	of: string;
	/** Whose people may see it; null where only those may who see the whole nation. */
	unit: string | null;
	locale: Locale;
	format: ReportFormat;
	state: 'waiting' | 'made' | 'failed';
	/** Why it could not be made. */
	fault: string | null;
	sha256: string | null;
	bytes: number | null;
	/** In the data folder. */
	path: string;
	/** The report's first sentence as plain text: what a mail may say. */
	opening: string | null;
	/** Null where there was no round before, or none is told of. */
	flags: FlagNumbers | null;
};

const row = z
	.object({
		round: z.string(),
		edition: z.int(),
		kind: z.enum(kindNames),
		subject: z.string(),
		unit: z.string().nullable(),
		locale: z.enum(locales),
		format: z.enum(reportFormats),
		state: z.enum(['waiting', 'made', 'failed']),
		fault: z.string().nullable(),
		sha256: z.string().nullable(),
		bytes: z.int().nullable(),
		path: z.string(),
		opening: z.string().nullable(),
		new_flags: z.int().nullable(),
		persisting_flags: z.int().nullable(),
		resolved_flags: z.int().nullable(),
		new_births: z.int().nullable()
	})
	.transform(({ subject, new_flags, persisting_flags, resolved_flags, new_births, ...told }): ReportRow => ({
		...told,
		of: subject,
		flags:
			new_flags === null
				? null
				: {
						new: new_flags,
						persisting: persisting_flags ?? 0,
						resolved: resolved_flags ?? 0,
						newBirths: new_births ?? 0
					}
	}));

/** Every file of an edition, kind by kind, in the order of names. For what is shown to somebody ask reportsOf. */
export function allReports({ db }: Rounds, round: string, edition: number): ReportRow[] {
	const found = db
		.prepare(
			`select round, edition, kind, subject, unit, locale, format, state, fault, sha256, bytes, path, opening,
				new_flags, persisting_flags, resolved_flags, new_births
			from report where round = ? and edition = ? order by kind = 'unit' desc, kind, subject, locale desc, format`
		)
		.all(round, edition);
	return z.array(row).parse(found);
}

export type Asked = {
	/** Only what has been released, as for people of a unit or a region. */
	releasedOnly?: boolean;
};

/**
 * The files of an edition, or of a round's newest one, that somebody may see: of the scope's units; what is of no
 * unit only for who sees the whole nation.
 */
export function reportsOf(
	scope: Scope,
	rounds: Rounds,
	round: string,
	number?: number,
	asked: Asked = {}
): ReportRow[] {
	const edition = editionAsked(rounds, round, number, asked);
	if (!edition) return [];
	return allReports(rounds, round, edition.number).filter((report) => maySeeReport(scope, report));
}

const maySeeReport = (scope: Scope, { unit }: ReportRow) =>
	unit === null ? scope.units === 'all' : maySee(scope, unit);

function editionAsked(
	rounds: Rounds,
	round: string,
	number: number | undefined,
	{ releasedOnly = false }: Asked
): Edition | undefined {
	return editionsOf(rounds, round).find(
		(edition) =>
			(number === undefined || edition.number === number) &&
			(!releasedOnly || edition.state === 'released' || edition.state === 'dispatched')
	);
}

/** Which file is asked for; without an edition that of the newest one. */
export type ReportQuestion = Pick<ReportRow, 'round' | 'kind' | 'of' | 'locale' | 'format'> & {
	edition?: number;
} & Asked;

/** A file that has been made; undefined where there is none or it is outside the scope. */
export function findReport(
	scope: Scope,
	rounds: Rounds,
	{ round, edition, releasedOnly = false, kind, of, locale, format }: ReportQuestion
): ReportRow | undefined {
	return reportsOf(scope, rounds, round, edition, { releasedOnly }).find(
		(report) =>
			report.kind === kind &&
			report.of === of &&
			report.locale === locale &&
			report.format === format &&
			report.state === 'made'
	);
}

/**
 * The bytes of a file, just as they were made; undefined where there is none or it is outside the scope. Throws
 * ReportDamaged.
 */
export async function readReport(
	scope: Scope,
	rounds: Rounds,
	asked: ReportQuestion
): Promise<Uint8Array | undefined> {
	const found = findReport(scope, rounds, asked);
	return found && reportBytes(rounds, found);
}

/** Where the picture of a PDF's first page lies, beside it. */
export const picturePath = (path: string) => path.replace(/\.pdf$/, '.svg');

/**
 * The picture (SVG) of the first page of a unit's report in Swedish; undefined where there is none or it is outside
 * the scope.
 */
export function readPicture(
	scope: Scope,
	rounds: Rounds,
	asked: Pick<ReportRow, 'round' | 'edition' | 'of'>
): string | undefined {
	const found = findReport(scope, rounds, { ...asked, kind: 'unit', locale: 'sv', format: 'pdf' });
	const path = found && picturePath(join(rounds.folder, found.path));
	return path !== undefined && existsSync(path) ? path : undefined;
}
