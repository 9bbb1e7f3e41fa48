import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transaction, type Rounds } from './open.ts';
import type { ReportRow } from './reports.ts';
import { sha256 } from './versions.ts';

/** A report's file is gone, or no longer as it was made; `file` is its path in the data folder. */
export class ReportDamaged extends Error {
	readonly file: string;
	constructor(file: string) {
		super(`The file ${file} is not as it was made.`);
		this.name = 'ReportDamaged';
		this.file = file;
	}
}

/** The bytes of a report's file, just as they were made. Throws ReportDamaged when they are no longer those. */
export async function reportBytes(
	{ folder }: Rounds,
	{ path, sha256: made }: Pick<ReportRow, 'path' | 'sha256'>
): Promise<Uint8Array> {
	const bytes = await readFile(join(folder, path)).catch(() => undefined);
	if (!bytes || sha256(bytes) !== made) throw new ReportDamaged(path);
	return bytes;
}

/** Those of the files that are made but no longer as they were made, read one after the other. */
export async function damagedReports(rounds: Rounds, reports: readonly ReportRow[]): Promise<ReportRow[]> {
	const damaged: ReportRow[] = [];
	for (const report of reports) {
		if (report.state !== 'made') continue;
		const isWhole = await reportBytes(rounds, report).then(
			() => true,
			() => false
		);
		if (!isWhole) damaged.push(report);
	}
	return damaged;
}

/** Whether a file that is made is still as it was made; at once, for what is decided within a transaction. */
export function isAsMade({ folder }: Rounds, { path, sha256: made }: ReportRow): boolean {
	try {
		return sha256(readFileSync(join(folder, path))) === made;
	} catch {
		return false;
	}
}

/** The fault that is kept of a damaged file. */
export const damagedFault = 'its file is not as it was made';

/** Notes that files are damaged: they count as failed, so that the next making makes them again. */
export function noteDamaged(rounds: Rounds, damaged: readonly ReportRow[]): void {
	const update = rounds.db.prepare(
		`update report set state = 'failed', fault = ? where path = ? and state = 'made'`
	);
	transaction(rounds, () => {
		for (const { path } of damaged) update.run(damagedFault, path);
	});
}
