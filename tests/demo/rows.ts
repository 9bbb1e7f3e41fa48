import { dsvFormat } from 'd3-dsv';
import type { DemoFile } from '../../scripts/demo/country.ts';

/** A row of a demo file by column, names in capitals. */
export type Row = Record<string, string>;

/** The rows of a demo file, read as a person would: whatever encoding and delimiter its unit uses. */
export function rowsOf(file: DemoFile): Row[] {
	const utf8 = new TextDecoder().decode(file.bytes);
	const text = utf8.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(file.bytes) : utf8;
	const [header = ''] = text.split('\n', 1);
	const delimiter = [';', ',', '\t'].find((sign) => header.includes(sign)) ?? ';';
	const names = header
		.trim()
		.split(delimiter)
		.map((name) => name.toUpperCase());
	const [, ...rows] = dsvFormat(delimiter).parseRows(text);
	return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
}

/** A day as YYYY-MM-DD, however the unit writes it. */
export const dayOf = (text = '') => text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
