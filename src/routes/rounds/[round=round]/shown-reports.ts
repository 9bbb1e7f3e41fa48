import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { ChangedReport } from '#lib/server/rounds/look-through.ts';
import { faultTold, type FaultTold } from '#lib/server/rounds/report-fault.ts';
import type { ReportRow } from '#lib/server/rounds/reports.ts';

/** A unit's report as it is looked through before it goes out. */
export type ShownReport = {
	id: string;
	name: string;
	/** Its first sentence. */
	opening: string | null;
	flags: ReportRow['flags'];
	rows: ReportRow[];
};

/** How a unit's report differs from that of the edition before; `before` is its first sentence if it was another one. */
export type ShownChange = {
	id: string;
	name: string;
	how: ChangedReport['how'];
	opening: string | null;
	before: string | null;
};

export type ShownReports = {
	waiting: number;
	made: number;
	failed: (Pick<ReportRow, 'kind' | 'of' | 'locale' | 'format'> & { name: string; fault: FaultTold })[];
	/** The most unusual first, then by name. */
	units: ShownReport[];
	/** Null for the first edition. */
	changed: ShownChange[] | null;
	clinics: number;
	nation: ReportRow[];
};

/** What a report is held against: the most unusual units, and the edition before. */
export type Look = {
	unusual: readonly string[];
	changed: readonly ChangedReport[] | undefined;
	before: readonly ReportRow[];
};

/** The reports of an edition as its page shows them. */
export function shownReports(
	rows: readonly ReportRow[],
	look: Look | undefined,
	{ unitById }: Definition,
	locale: Locale
): ShownReports {
	const ofKind = (kind: ReportRow['kind']) => rows.filter((row) => row.kind === kind);
	const nameOf = (of: string) => unitById.get(of)?.name ?? of;
	const units = [...Map.groupBy(ofKind('unit'), ({ of }) => of)].map(([id, own]): ShownReport => ({
		id,
		name: nameOf(id),
		opening: openingOf(own, id, locale),
		flags: own.find(({ flags }) => flags !== null)?.flags ?? null,
		rows: own
	}));
	const order = new Map(look?.unusual.map((id, at) => [id, at]));
	const place = ({ id }: ShownReport) => order.get(id) ?? order.size;
	return {
		waiting: rows.filter(({ state }) => state === 'waiting').length,
		made: rows.filter(({ state }) => state === 'made').length,
		failed: rows
			.filter(({ state }) => state === 'failed')
			.map((row) => ({
				...row,
				name: nameOf(row.of),
				fault: faultTold(row.fault ?? '', locale)
			})),
		units: units.toSorted((a, b) => place(a) - place(b) || names.compare(a.name, b.name)),
		changed:
			look?.changed
				?.filter(({ kind }) => kind === 'unit')
				.map(({ of, how }) => {
					const opening = openingOf(rows, of, locale);
					const before = openingOf(look.before, of, locale);
					return { id: of, name: nameOf(of), how, opening, before: before === opening ? null : before };
				}) ?? null,
		clinics: new Set(ofKind('clinic').map(({ of }) => of)).size,
		nation: ofKind('nation')
	};
}

const openingOf = (rows: readonly ReportRow[], unit: string, locale: Locale) =>
	rows.find((row) => row.kind === 'unit' && row.of === unit && row.locale === locale && row.opening !== null)
		?.opening ?? null;

const names = new Intl.Collator('sv');
