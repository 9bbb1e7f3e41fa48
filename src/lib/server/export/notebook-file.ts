import type { Model } from '#lib/notebook/model.ts';
import type { Day } from '#lib/period/day.ts';
import type { DeskRun } from '#lib/server/notebook/desk.ts';
import type { WrittenNotebook } from '#lib/server/notebook/written.ts';
import { htmlDocument } from './html.ts';
import { withMadeOf, type MadeFrom } from './made-of.ts';
import type { PdfPool } from './pdf-pool.ts';
import { paperDocument } from './typst.ts';
import { workbook } from './workbook.ts';

/** What a notebook can be written as, and what each is to a browser. */
export const notebookTypes = {
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	html: 'text/html; charset=utf-8'
};
export type NotebookFormat = keyof typeof notebookTypes;

/** How a notebook's file is made: who sends it, the day it is seen from, what it was made of. */
export type NotebookMaking = { author: string; day: Day; made: MadeFrom; pool: PdfPool };

/**
 * A run notebook as the bytes of a file that says at its end what it was made of: the same run and day give the same
 * bytes. Throws a PdfError that names the notebook.
 */
export async function notebookFile(
	model: Model,
	format: NotebookFormat,
	{ author, day, made, pool }: NotebookMaking
): Promise<Uint8Array> {
	if (format === 'xlsx') return workbook(model, [...made.told, made.again], day);
	const whole = withMadeOf(model, made);
	if (format === 'html') return new TextEncoder().encode(htmlDocument(whole));
	const written = model.authors.length ? model.authors.join(', ') : author;
	const document = { ...paperDocument(whole, { day, author: written }), keywords: keywordsOf(made) };
	return pool.pdf(model.name, document, day);
}

/** What a PDF tells of itself to programs, as “name=value” each; nothing in it has a comma. */
const keywordsOf = ({ metadata }: MadeFrom): string[] =>
	Object.entries(metadata)
		.filter(([name]) => name !== 'parameters')
		.map(([name, value]) => `${name}=${value.replaceAll(',', ' ')}`);

/** The longest part of a file's name that a parameter takes, and all of them together. */
const longest = { one: 40, all: 120 };

/**
 * The name of a notebook's file without its ending: the notebook, of which block it is, its version, the parameters and
 * the day from which it is seen; the data of a block also by the last entry of the ledger.
 */
export function notebookFileName(
	{ name, version, isDraft }: WrittenNotebook,
	{ values, asOf, entry }: DeskRun,
	table?: string
): string {
	const parameters = Object.entries(values)
		.filter(([parameter]) => parameter !== 'as_of')
		.map(([, value]) => fileWord(value).slice(0, longest.one))
		.filter(Boolean);
	return [
		name,
		table,
		version === null ? (isDraft ? 'draft' : undefined) : `v${version}`,
		parameters.join('-').slice(0, longest.all).replace(/-+$/, ''),
		asOf,
		table && `e${entry}`
	]
		.filter(Boolean)
		.join('-');
}

/** A value as a part of a file's name: letters, digits, hyphens; a period has two hyphens. */
const fileWord = (value: string) =>
	value
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.replaceAll('..', '--')
		.replace(/[^A-Za-z0-9-]+/g, '-')
		.replace(/^-+|-+$/g, '');
