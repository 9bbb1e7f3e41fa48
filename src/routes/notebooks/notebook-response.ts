import { notebookFile, notebookFileName, notebookTypes } from '#lib/server/export/notebook-file.ts';
import type { NotebookFormat } from '#lib/server/export/notebook-file.ts';
import { madeOf } from '#lib/server/export/made-of.ts';
import { pdfPool } from '#lib/server/export/pdf-pool.ts';
import { askedNotebook, askedText } from './asked-notebook.ts';
import { attachment } from './attachment.ts';
import { fileOrWhy, notMade } from './not-made.ts';

type Asking = Parameters<typeof askedNotebook>[0];

/** A notebook as a file to download, made only when nothing is wrong in it; else why not (422, 404). */
export const notebookResponse = (asking: Asking, format: NotebookFormat) => fileOrWhy(made(asking, format));

async function made(asking: Asking, format: NotebookFormat): Promise<Response> {
	const { written, run } = await askedNotebook(asking);
	const { model, faults, missing, asOf } = run;
	if (faults.length || missing.length) return notMade(written.name, run);
	const { definition } = asking.locals.register;
	const bytes = await notebookFile(model, format, {
		author: definition.register.name[model.locale],
		day: asOf,
		made: madeOf(written, run, definition, model.locale),
		pool: pdfPool()
	});
	return attachment(
		new Uint8Array(bytes),
		notebookTypes[format],
		`${notebookFileName(written, run)}.${format}`
	);
}

/** A notebook's text as it is written; else that there is none (404). */
export const sourceResponse = (asking: Asking) => fileOrWhy(source(asking));

async function source(asking: Asking): Promise<Response> {
	const { name, text, version, isDraft } = await askedText(asking);
	const which = isDraft ? '-draft' : version === null ? '' : `-v${version}`;
	return attachment(text, 'text/markdown; charset=utf-8', `${name}${which}.md`);
}
