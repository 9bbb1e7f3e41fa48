import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { arrowFileOf } from '#lib/server/export/arrow-file.ts';
import { csvOf } from '#lib/server/export/csv.ts';
import { madeOf } from '#lib/server/export/made-of.ts';
import { notebookFileName } from '#lib/server/export/notebook-file.ts';
import { parquetOf } from '#lib/server/export/parquet.ts';
import { askedNotebook } from './asked-notebook.ts';
import { attachment } from './attachment.ts';
import { fileOrWhy, notMade } from './not-made.ts';

type Asking = Parameters<typeof askedNotebook>[0] & { params: { notebook: string; table: string } };

const types = {
	csv: 'text/csv; charset=utf-8',
	parquet: 'application/vnd.apache.parquet',
	arrow: 'application/vnd.apache.arrow.file'
};

/**
 * The rows of one SQL block as a file. What is wrong elsewhere in the notebook does not hold it back; a block that
 * failed says why (422). The file says what it was made of: Parquet and Arrow within, CSV in its name and in the header
 * `link`, by which the same can be asked for again.
 */
export const tableResponse = (asking: Asking, format: keyof typeof types) => fileOrWhy(made(asking, format));

async function made(asking: Asking, format: keyof typeof types): Promise<Response> {
	const { table: name } = asking.params;
	const { written, run } = await askedNotebook(asking, { every: true });
	const { tables, missing, steps } = run;
	const table = tables.get(name);
	if (!table) {
		const isKnown = missing.length > 0 || steps.some((step) => step.name === name);
		if (!isKnown) error(404, m.editor_no_table({ name }));
		return notMade(written.name, run);
	}
	const locale = getLocale();
	const of = madeOf(written, run, asking.locals.register.definition, locale);
	const metadata = { ...of.metadata, table: name, rows: String(table.rows), cut: String(table.isCut) };
	const fileName = `${notebookFileName(written, run, name)}.${format}`;
	const headers = { link: `<${asking.url.pathname}?${of.query}>; rel="via"` };
	const body =
		format === 'csv'
			? streamOf(csvOf(table.arrow, locale))
			: new Uint8Array(
					format === 'arrow'
						? arrowFileOf(table.arrow, metadata)
						: parquetOf(table.arrow, metadata, of.metadata.program ?? '')
				);
	return attachment(body, types[format], fileName, headers);
}

/** Text written part by part, as fast as it is taken. */
function streamOf(parts: Iterator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		pull(controller) {
			const { value, done } = parts.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		}
	});
}
