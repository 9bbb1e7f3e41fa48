import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Locale } from '#lib/catalogue/text.ts';
import { byteOrderMark } from '#lib/format/csv.ts';
import { openDatabase } from '#lib/server/db/database.ts';

/** The cells of some columns, numbers read as whoever speaks the language writes them. No cell here has quotes. */
export function csvRows(text: string, columns: readonly string[], locale: Locale): (string | number)[][] {
	const [head = '', ...lines] = text.replace(byteOrderMark, '').trim().split('\r\n');
	const mark = locale === 'sv' ? ';' : ',';
	const at = columns.map((column) => head.split(mark).indexOf(column));
	return lines.map((line) => {
		const cells = line.split(mark);
		return at.map((place) => {
			const cell = cells[place] ?? '';
			const number = locale === 'sv' ? cell.replace(',', '.') : cell;
			return /^-?\d+(\.\d+)?$/.test(number) ? Number(number) : cell;
		});
	});
}

export async function parquetRows(bytes: Uint8Array, columns: readonly string[]): Promise<unknown[][]> {
	const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
	const db = await openDatabase();
	try {
		const file = join(folder, 'table.parquet');
		writeFileSync(file, bytes);
		const rows = await db.rows(
			z.record(z.string(), z.unknown()),
			`select * replace (births::integer as births, last_month::varchar as last_month)
			from read_parquet($file)`,
			{ file }
		);
		return rows.map((row) => columns.map((column) => row[column]));
	} finally {
		db.close();
		rmSync(folder, { recursive: true });
	}
}

/** The text of a PDF, row by row. */
export async function paperText(bytes: Uint8Array, skip: () => void): Promise<string> {
	if (spawnSync('pdftotext', ['-v']).error) skip();
	const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
	try {
		const file = join(folder, 'file.pdf');
		writeFileSync(file, bytes);
		return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
	} finally {
		rmSync(folder, { recursive: true });
	}
}
