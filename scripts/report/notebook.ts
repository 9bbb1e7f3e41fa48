import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { NotebookError } from '#lib/notebook/fault.ts';
import type { Arguments, Header } from '#lib/notebook/front-matter.ts';
import type { Day } from '#lib/period/day.ts';
import { madeOf } from '#lib/server/export/made-of.ts';
import { notebookFile, notebookFileName, type NotebookFormat } from '#lib/server/export/notebook-file.ts';
import type { PdfPool } from '#lib/server/export/pdf-pool.ts';
import { programVersion } from '#lib/server/definition/project-root.ts';
import { askNotebook } from '#lib/server/feedback/ask-notebook.ts';
import { openDesk } from '#lib/server/notebook/desk.ts';
import type { Shelf } from '#lib/server/notebook/shelf.ts';
import type { WrittenNotebook } from '#lib/server/notebook/written.ts';
import type { Register } from '#lib/server/register/open.ts';
import { openRounds, roundsName } from '#lib/server/rounds/open.ts';
import { roundRows } from '#lib/server/rounds/round-rows.ts';
import { Usage } from './usage.ts';

/** How a notebook is asked for at the keyboard. */
export type AskedFile = {
	written: WrittenNotebook;
	header: Header;
	parameters: Arguments;
	locale: Locale;
	asOf: Day;
	format: NotebookFormat;
	/** A file, or a folder in which the file has a name of its own. */
	out: string;
};

/**
 * Runs a notebook at a desk of its own and writes it as a file, whose path is answered. Throws Usage for what is
 * missing, and a NotebookError for what is wrong in the notebook.
 */
export async function writeNotebook(
	register: Register,
	shelf: Shelf,
	{ written, header, parameters, locale, asOf, format, out }: AskedFile,
	pool: PdfPool
): Promise<string> {
	const { folder, definition } = register;
	const rounds = existsSync(join(folder, roundsName)) ? openRounds(folder) : undefined;
	const desk = openDesk(register, {
		rounds: () => (rounds ? roundRows(rounds, asOf) : []),
		program: programVersion()
	});
	try {
		const { name, text } = written;
		const question = { name, text, parameters, locale, today: asOf };
		const run = await askNotebook(wholeNation, { register, desk, shelf }, question);
		if (run.faults.length) throw new NotebookError(name, run.faults);
		if (run.missing.length) throw new Usage(missingText(run.missing, header, locale));
		const bytes = await notebookFile(run.model, format, {
			author: definition.register.name[run.model.locale],
			day: run.asOf,
			made: madeOf(written, run, definition, run.model.locale),
			pool
		});
		const file = isFolder(out) ? join(out, `${notebookFileName(written, run)}.${format}`) : out;
		if (isFolder(out)) await mkdir(out, { recursive: true });
		await writeFile(file, bytes);
		return file;
	} finally {
		await desk.close();
		rounds?.close();
	}
}

const missingText = (missing: readonly string[], { parameters }: Header, locale: Locale) =>
	`Say ${missing.map((name) => `--set ${name}=… (${parameters[name]?.label[locale] ?? name})`).join(', ')}.`;

const isFolder = (out: string) => out.endsWith('/') || (existsSync(out) && statSync(out).isDirectory());
