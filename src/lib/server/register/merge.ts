import { z } from 'zod';
import type { Receipt } from '#lib/submission/receipt.ts';
import { refreshCubes } from '#lib/server/cube/refresh.ts';
import { emptyWorkingTables } from '#lib/server/cube/working-tables.ts';
import type { Writer } from '#lib/server/db/database.ts';
import { rowsOf, type ReadableFile } from './batch.ts';
import { enterReceived, type Outcome } from './ledger.ts';
import { nextNumbers } from './ledger-entry.ts';
import {
	addSql,
	changeSql,
	handedInSql,
	issueSql,
	judgeSql,
	metSql,
	outcomesSql,
	supersedeSql,
	touchedSql,
	unchangedSql,
	type Met,
	type Numbered,
	type Staged
} from './merge-sql.ts';
import { receiptsFrom } from './receipts.ts';

/** Births that are counted in a working table, by kept plans; more are counted where they are stored. */
const fewRows = 1000;

const day = z.string().nullable();
const metRow: z.ZodType<Met> = z.object({ n: z.int(), from: day, to: day });
const outcome: z.ZodType<Outcome & { place: number }> = z.object({
	place: z.int(),
	added: z.int(),
	changed: z.int(),
	unchanged: z.int(),
	rejected: z.int(),
	first_birth: day,
	last_birth: day
});

/**
 * Merges the files of a batch that stand at `places`, within the caller's transaction: judges their rows,
 * writes versions and issues, counts the touched months anew and enters the files into the ledger. Their
 * receipts are in the order of the places.
 */
export async function merge(writer: Writer, batch: Staged, places: readonly number[]): Promise<Receipt[]> {
	const first = await nextNumbers(writer);
	const numbered = places.map((place, index): Numbered => ({ place, number: first.number + index }));
	await emptyWorkingTables(writer);
	for (const sql of handedInSql(batch, numbered)) await writer.run(sql);

	const outcomes = await judged(writer, batch);
	const some = (what: 'added' | 'changed') => outcomes.some((one) => one[what] > 0);
	const many = rowsOf(batch.files) > fewRows;
	if (some('changed')) {
		const [met] = await writer.rows(metRow, metSql);
		if (met) await writer.run(changeSql(batch, met));
		await writer.again(supersedeSql);
	}
	if (some('added')) await (many ? writer.run : writer.again)(addSql(batch));
	await writer.again(issueSql(batch));
	if (some('added') || some('changed')) {
		await writer.again(touchedSql);
		await refreshCubes(writer, batch.definition, many);
	}
	const columns = batch.present.map((v) => v.id);
	for (const [index, { place, number }] of numbered.entries()) {
		const file = batch.files[place] as ReadableFile;
		const numbers = { number, entry: first.entry + index };
		await enterReceived(writer, file, columns, numbers, checked(file, outcomes, place));
	}
	return receiptsFrom(writer, first.number);
}

/** Judges every row, and tells those that say nothing new from the others. */
async function judged(writer: Writer, batch: Staged): Promise<(Outcome & { place: number })[]> {
	await writer.run(judgeSql(batch));
	const [met] = await writer.rows(metRow, metSql);
	if (met?.n) await writer.run(unchangedSql(batch, met));
	return writer.rows(outcome, outcomesSql);
}

/** The outcome of a file; throws where not every row of it was either accepted or rejected. */
function checked(file: ReadableFile, outcomes: (Outcome & { place: number })[], place: number): Outcome {
	const found = outcomes.find((one) => one.place === place);
	if (!found) throw new Error(`There is no outcome of file ${place}.`);
	const accepted = found.added + found.changed + found.unchanged;
	const { rows } = file.look.scan;
	if (accepted + found.rejected !== rows)
		throw new Error(`${rows} rows were handed in, ${accepted} accepted and ${found.rejected} rejected.`);
	return found;
}
