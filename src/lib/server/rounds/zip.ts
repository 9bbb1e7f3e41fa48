import { makeZip } from 'client-zip';
import { reportBytes } from './damaged.ts';
import { existingEdition, type Edition } from './edition.ts';
import type { Rounds } from './open.ts';
import { allReports, type ReportRow } from './reports.ts';

/**
 * All reports of an edition as one ZIP, written while it is read, with manifest.json first: each file's name, SHA-256,
 * bytes, kind, unit or clinic and language, and of what period, cut-off and edition it is. Equal editions give equal
 * bytes. A file that is not as it was made ends the stream with ReportDamaged. For those who see the whole nation.
 */
export function roundZip(rounds: Rounds, round: string, number: number): ReadableStream<Uint8Array> {
	const edition = existingEdition(rounds, round, number);
	const made = allReports(rounds, round, number).filter(({ state }) => state === 'made');
	return makeZip(filesOf(rounds, edition, made));
}

/** Where a report lies in the ZIP. */
const nameIn = ({ path }: ReportRow) => path.split('/reports/')[1] ?? path;

async function* filesOf(rounds: Rounds, edition: Edition, made: readonly ReportRow[]) {
	const lastModified = new Date(edition.madeAt ?? edition.frozenAt);
	yield { name: 'manifest.json', input: manifestOf(edition, made), lastModified };
	for (const report of made)
		yield { name: nameIn(report), input: await reportBytes(rounds, report), lastModified };
}

function manifestOf(edition: Edition, made: readonly ReportRow[]): string {
	const { round, number, reason, held, versions, frozenSha256 } = edition;
	const manifest = {
		format: 1,
		round,
		edition: number,
		reason,
		period: held.period,
		cutOff: held.cutOff,
		versions,
		frozen: frozenSha256,
		reports: made.map((report) => ({
			file: nameIn(report),
			kind: report.kind,
			of: report.of,
			unit: report.unit,
			language: report.locale,
			bytes: report.bytes,
			sha256: report.sha256
		}))
	};
	return `${JSON.stringify(manifest, null, '\t')}\n`;
}
