import type { Scope } from '#lib/access/scope.ts';
import type { Rounds } from './open.ts';
import type { FlagNumbers, Kind } from './report-kind.ts';
import { reportsOf, type ReportRow } from './reports.ts';

/** A unit whose report deserves a look before the release: its flags, of which new ones concern so many births. */
export type UnusualUnit = { unit: string; flags: FlagNumbers };

/** So many units are shown as the most unusual. */
const most = 10;

/** The units whose new flags concern most births, the most unusual first; those without a new flag are left out. */
export function unusualUnits(scope: Scope, rounds: Rounds, round: string, edition: number): UnusualUnit[] {
	const units = new Map<string, UnusualUnit>();
	for (const { kind, of, flags } of reportsOf(scope, rounds, round, edition))
		if (kind === 'unit' && flags?.new) units.set(of, { unit: of, flags });
	return [...units.values()]
		.sort((a, b) => b.flags.newBirths - a.flags.newBirths || a.unit.localeCompare(b.unit))
		.slice(0, most);
}

/** A report that is not as in the edition before. */
export type ChangedReport = { kind: Kind; of: string; how: 'changed' | 'added' | 'gone' };

/**
 * The reports that differ from those of the edition before: whose PDF has other bytes in any language, that are new,
 * or that there are no more. Undefined for a first edition; what is not made in both is not compared.
 */
export function changedSince(
	scope: Scope,
	rounds: Rounds,
	round: string,
	edition: number
): ChangedReport[] | undefined {
	if (edition <= 1) return undefined;
	const [now, before] = [edition, edition - 1].map((number) =>
		bySubject(reportsOf(scope, rounds, round, number))
	);
	const changed: ChangedReport[] = [];
	for (const [key, own] of now ?? []) {
		const earlier = before?.get(key);
		if (!earlier) changed.push({ kind: own.kind, of: own.of, how: 'added' });
		else if (own.sha256 && earlier.sha256 && own.sha256 !== earlier.sha256)
			changed.push({ kind: own.kind, of: own.of, how: 'changed' });
	}
	for (const [key, { kind, of }] of before ?? []) if (!now?.has(key)) changed.push({ kind, of, how: 'gone' });
	return changed;
}

/** Each report with the hashes of its PDFs; null while one of them is not made. */
function bySubject(reports: readonly ReportRow[]) {
	const pdfs = Map.groupBy(
		reports.filter(({ format }) => format === 'pdf'),
		({ kind, of }) => `${kind} ${of}`
	);
	return new Map(
		[...pdfs].flatMap(([key, files]) => {
			const [first] = files;
			const isWhole = files.every(({ state }) => state === 'made');
			const sha256 = isWhole ? files.map((file) => file.sha256).join(' ') : null;
			return first ? [[key, { kind: first.kind, of: first.of, sha256 }] as const] : [];
		})
	);
}
