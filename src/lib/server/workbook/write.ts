import { rangeRef, writeXlsx, type CellValue, type ColumnDef, type WriteSheet } from 'hucre/xlsx';

export type { CellValue, ColumnDef as SheetColumn, WriteSheet as Sheet };

/**
 * A workbook of these sheets as the bytes of an Excel file (.xlsx). One that is dated (`day`) has the same bytes
 * whenever it is written.
 */
export function writeWorkbook(sheets: WriteSheet[], title: string, day?: string): Promise<Uint8Array> {
	const dated = day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
	return writeXlsx({
		sheets: withUniqueNames(sheets),
		properties: { title, ...(dated && { created: dated, modified: dated }) },
		defaultFont: { name: 'Calibri', size: 11 }
	});
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function guarded(text: string): string {
	return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

const headStyle = { font: { bold: true }, border: { bottom: { style: 'thin' } } } as const;

/** A sheet with the columns' names as its first row, which stays in sight. */
export function sheetOf(name: string, columns: ColumnDef[], rows: CellValue[][]): WriteSheet {
	const heads = columns.map(({ header }) => header ?? '');
	return {
		name: sheetName(name),
		columns: columns.map((column) => ({ ...column, header: undefined })),
		rows: [heads, ...rows],
		cells: new Map(heads.map((_, at) => [`0,${at}`, { style: headStyle }])),
		freezePane: { rows: 1 },
		a11y: { summary: name, headerRow: 0 }
	};
}

/** A sheet of pairs of texts: what, and what is said of it. */
export function textSheet(name: string, heads: [string, string], rows: readonly [string, string][]) {
	return sheetOf(
		name,
		heads.map((header, at) => ({
			header,
			width: at === 0 ? 34 : 90,
			style: { alignment: { wrapText: true, vertical: 'top' } }
		})),
		rows.map((row) => row.map(guarded))
	);
}

/** A column to be filled in: its name, and the texts to choose among, where there are few. */
export type EntryColumn = { header: string; choices?: readonly string[] | undefined };

/**
 * A sheet to be filled in, whose every cell is a text: so a spreadsheet leaves leading zeros and long numbers
 * as they are. `null` is an empty cell.
 */
export function entrySheet(
	name: string,
	columns: readonly EntryColumn[],
	rows: readonly (readonly (string | null)[])[]
): WriteSheet {
	const sheet = sheetOf(
		name,
		columns.map(({ header }) => ({ header, width: Math.max(14, header.length + 2), numFmt: '@' })),
		rows.map((row) => row.map((text) => (text === null ? null : guarded(text))))
	);
	// an empty cell is written only where it has something of its own to say
	rows.forEach((row, at) =>
		row.forEach((text, column) => {
			if (text === null) sheet.cells?.set(`${at + 1},${column}`, { value: null, style: { numFmt: '@' } });
		})
	);
	const dataValidations = columns.flatMap(({ choices }, at) =>
		choices && rows.length && fitsInList(choices)
			? [
					{
						type: 'list' as const,
						values: [...choices],
						allowBlank: true,
						showErrorMessage: true,
						range: rangeRef(1, at, rows.length, at)
					}
				]
			: []
	);
	return { ...sheet, dataValidations };
}

/** What a spreadsheet takes as a list to choose from: 255 characters with the commas between. */
const fitsInList = (choices: readonly string[]) =>
	choices.join(',').length <= 255 && !choices.some((text) => /[",]/.test(text));

/** What a sheet may be called: 31 characters, some of them not. */
const sheetName = (name: string) =>
	name
		.replace(/[[\]:*?/\\]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 31)
		.trim();

function withUniqueNames(sheets: WriteSheet[]): WriteSheet[] {
	const taken = new Set<string>();
	return sheets.map((sheet) => {
		let name = sheet.name;
		for (let n = 2; taken.has(name.toLowerCase()); n++)
			name = `${sheet.name.slice(0, Math.min(28, 30 - String(n).length))} ${n}`;
		taken.add(name.toLowerCase());
		return { ...sheet, name };
	});
}
