import type { Locale } from '#lib/catalogue/text.ts';
import type { ReportRow } from '#lib/server/rounds/reports.ts';

/** A clinic's report in a round: how it opens, its flags, its files, and how far they have come. */
export type ShownClinic = {
	number: string;
	opening: string | null;
	flags: ReportRow['flags'];
	rows: ReportRow[];
	state: ReportRow['state'];
};

const numbers = new Intl.Collator('sv', { numeric: true });

/** The clinics whose number begins as `sought` does, in the order of numbers; spaces and capitals do not count. */
export function clinicList(rows: readonly ReportRow[], sought: string, locale: Locale): ShownClinic[] {
	const beginning = sought.replaceAll(/\s/g, '').toUpperCase();
	const found = rows.filter(({ kind, of }) => kind === 'clinic' && of.startsWith(beginning));
	return [...Map.groupBy(found, ({ of }) => of)]
		.map(([number, own]) => ({
			number,
			opening: own.find((row) => row.locale === locale && row.opening !== null)?.opening ?? null,
			flags: own.find(({ flags }) => flags !== null)?.flags ?? null,
			rows: own,
			state: stateOf(own)
		}))
		.sort((a, b) => numbers.compare(a.number, b.number));
}

/** What has become of all files of a report: failed or waiting as soon as one of them is. */
function stateOf(rows: readonly ReportRow[]): ReportRow['state'] {
	const has = (state: ReportRow['state']) => rows.some((row) => row.state === state);
	if (has('failed')) return 'failed';
	return has('waiting') ? 'waiting' : 'made';
}
