import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { locales } from '#lib/catalogue/text.ts';
import { namePattern } from '#lib/notebook/table.ts';
import { m } from '#lib/paraglide/messages.js';
import { mostBytes } from '#lib/server/notebook/shelf.ts';

const name = z.string().regex(namePattern).max(100);
const run = z.strictObject({
	text: z.string(),
	parameters: z.record(name, z.string().max(1000)).default({}),
	locale: z.enum(locales),
	pages: z.record(name, z.int().positive()).default({})
});
const rows = run.omit({ pages: true }).extend({
	table: name,
	from: z.int().nonnegative(),
	to: z.int().positive()
});

/** Reads what a run is asked with. Answers 400 in words for what is not as it should be, 413 for too long a text. */
export const askedRun = (request: Request) => asked(request, run);

/** As `askedRun`, for a page of the rows of one block. */
export const askedRows = (request: Request) => asked(request, rows);

async function asked<T extends { text: string }>(request: Request, schema: z.ZodType<T>): Promise<T> {
	const written: unknown = await request.json().catch(() => undefined);
	const read = schema.safeParse(written);
	if (!read.success) error(400, m.editor_bad_question({ what: read.error.issues.map(said).join('; ') }));
	if (Buffer.byteLength(read.data.text) > mostBytes) error(413, m.editor_fail_too_large());
	return read.data;
}

const said = ({ path, message }: z.core.$ZodIssue) => [path.join('.'), message].filter(Boolean).join(': ');
