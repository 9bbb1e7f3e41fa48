import { streamXlsxRows } from 'hucre/xlsx';
import { cellText } from './cell-text.ts';
import { zipDirectory, type ZipEntry } from './zip-directory.ts';

/** Why a file is not read as a workbook. */
export type WorkbookFault = 'archive' | 'macros' | 'workbook' | 'workbookTooLarge';

/** A file that is not read: no workbook, one with macros, a damaged one, or more than we unpack. */
export class UnreadableWorkbook extends Error {
	readonly fault: WorkbookFault;
	constructor(fault: WorkbookFault, options?: ErrorOptions) {
		super(`The workbook is not read: ${fault}.`, options);
		this.fault = fault;
	}
}

/** What is read at most: bytes as they come and unpacked, files inside, and cells of the sheet. */
export const workbookLimits = { packed: 20e6, unpacked: 200e6, entries: 2000, cells: 20e6 };

/** A file inside that is larger than this is not packed better than `mostRatio` to one, if it is honest. */
const [largeEntry, mostRatio] = [1e6, 100];

/**
 * The rows of a workbook's first sheet as texts, the rows that have anything in them. Nothing is computed (a
 * formula has the value that was saved with it), no link is followed. Each row ends with its last cell that
 * has a text, the first one is the header, and shorter ones are filled up to it. Throws UnreadableWorkbook.
 */
export async function* firstSheet(bytes: Uint8Array): AsyncGenerator<string[]> {
	check(bytes);
	let width: number | undefined;
	let cells = 0;
	for await (const values of rowsOf(bytes)) {
		const row = withoutEmptyEnd(values);
		if (row.length === 0) continue;
		width ??= row.length;
		while (row.length < width) row.push('');
		cells += row.length;
		if (cells > workbookLimits.cells) throw new UnreadableWorkbook('workbookTooLarge');
		yield row;
	}
}

async function* rowsOf(bytes: Uint8Array): AsyncGenerator<string[]> {
	try {
		for await (const { values } of streamXlsxRows(bytes, { sheet: 0 })) yield values.map(cellText);
	} catch (error) {
		// whatever the reader trips over, it is the file that is wrong
		throw new UnreadableWorkbook('workbook', { cause: error });
	}
}

/** Looks at the directory alone, before anything is unpacked. */
function check(bytes: Uint8Array): void {
	if (bytes.byteLength > workbookLimits.packed) throw new UnreadableWorkbook('workbookTooLarge');
	const entries = zipDirectory(bytes);
	if (!entries) throw new UnreadableWorkbook('archive');
	const has = (name: RegExp) => entries.some((entry) => name.test(entry.name));
	if (!has(/^\[Content_Types\]\.xml$/) || !has(/^xl\/workbook\.xml$/i))
		throw new UnreadableWorkbook('archive');
	if (has(/(^|\/)vbaProject[^/]*\.bin$|(^|\/)macrosheets\//i)) throw new UnreadableWorkbook('macros');
	const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
	if (entries.length > workbookLimits.entries || unpacked > workbookLimits.unpacked || entries.some(isBomb))
		throw new UnreadableWorkbook('workbookTooLarge');
}

const isBomb = ({ packed, unpacked }: ZipEntry) => unpacked > largeEntry && unpacked > mostRatio * packed;

function withoutEmptyEnd(row: string[]): string[] {
	const last = row.findLastIndex((text) => text !== '');
	return row.slice(0, last + 1);
}
