import { open, readFile, stat } from 'node:fs/promises';
import type { Refusal } from '#lib/submission/issue.ts';
import { firstSheet, UnreadableWorkbook, workbookLimits } from '#lib/server/workbook/first-sheet.ts';

/** Between the fields of the copy. */
export const copyDelimiter = ';';

/** So much of the copy is written at a time. */
const pieceLength = 1 << 18;

/**
 * Writes the first sheet of an Excel workbook as plain text (UTF-8, semicolons, LF) to `copyPath`. Gives why
 * the file is not read, where it is no workbook, has macros, is damaged or too large; the copy is then no use.
 */
export async function copyWorkbook(path: string, copyPath: string): Promise<Refusal | undefined> {
	const { size } = await stat(path);
	if (size > workbookLimits.packed) return { rule: 'workbookTooLarge' };
	const copy = await open(copyPath, 'w');
	try {
		let piece = '';
		for await (const row of firstSheet(await readFile(path))) {
			piece += `${row.map(field).join(copyDelimiter)}\n`;
			if (piece.length < pieceLength) continue;
			await copy.appendFile(piece);
			piece = '';
		}
		await copy.appendFile(piece);
		return undefined;
	} catch (error) {
		if (error instanceof UnreadableWorkbook) return { rule: error.fault };
		throw error;
	} finally {
		await copy.close();
	}
}

const field = (text: string) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
