import type { Refusal } from '#lib/submission/issue.ts';
import { firstSheet, UnreadableWorkbook, workbookLimits } from '#lib/server/workbook/first-sheet.ts';
import type { PlainFile } from './plain-file.ts';

/** Between the fields of the copy. */
export const copyDelimiter = ';';

/** So much of the copy is written at a time. */
const pieceLength = 1 << 18;

/**
 * Writes the first sheet of an Excel workbook as plain text (UTF-8, semicolons, LF) to `copy`. Gives why
 * the file is not read, where it is no workbook, has macros, is damaged or too large; the copy is then no use.
 */
export async function copyWorkbook(file: PlainFile, copy: PlainFile): Promise<Refusal | undefined> {
	const { size } = await file.handle.stat();
	if (size > workbookLimits.packed) return { rule: 'workbookTooLarge' };
	try {
		let piece = '';
		for await (const row of firstSheet(await wholeOf(file, size))) {
			piece += `${row.map(field).join(copyDelimiter)}\n`;
			if (piece.length < pieceLength) continue;
			await copy.handle.appendFile(piece);
			piece = '';
		}
		await copy.handle.appendFile(piece);
		return undefined;
	} catch (error) {
		if (error instanceof UnreadableWorkbook) return { rule: error.fault };
		throw error;
	}
}

/** All bytes of a file, wherever it was last read or written. */
async function wholeOf({ handle }: PlainFile, size: number): Promise<Buffer> {
	const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), 0, size, 0);
	return buffer.subarray(0, bytesRead);
}

const field = (text: string) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
