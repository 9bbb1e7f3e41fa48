import type { Model } from '#lib/notebook/model.ts';
import type { Day } from '#lib/period/day.ts';
import type { PdfPool } from '#lib/server/export/pdf-pool.ts';
import { paperDocument } from '#lib/server/export/typst.ts';
import type { Register } from '#lib/server/register/open.ts';

/** What a report can be written as. */
export const formats = ['pdf', 'xlsx', 'html'] as const;
export type Format = (typeof formats)[number];

/** Where a report's file is made: the register it tells of, the day it is seen from, its name in errors. */
export type Making = { register: Register; day: Day; report: string; pool: PdfPool };

/** A run notebook as the bytes of a file. Throws a PdfError that names the report. */
export async function reportFile(
	model: Model,
	format: Format,
	{ register, day, report, pool }: Making
): Promise<Uint8Array> {
	const author = register.definition.register.name[model.locale];
	return pool.pdf(report, paperDocument(model, { day, author }), day);
}
