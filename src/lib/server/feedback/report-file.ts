import type { Model } from '#lib/notebook/model.ts';
import type { Day } from '#lib/period/day.ts';
import { htmlDocument } from '#lib/server/export/html.ts';
import type { PdfPool } from '#lib/server/export/pdf-pool.ts';
import { paperDocument } from '#lib/server/export/typst.ts';
import { workbook, type Provenance } from '#lib/server/export/workbook.ts';

/** What a report can be written as. */
export const formats = ['pdf', 'xlsx', 'html'] as const;
export type Format = (typeof formats)[number];

/** How a report's file is made: who sends it, the day it is seen from, its name in errors, what it was made of. */
export type Making = { author: string; day: Day; report: string; provenance: Provenance; pool: PdfPool };

/** A run notebook as the bytes of a file. Throws a PdfError that names the report. */
export async function reportFile(
	model: Model,
	format: Format,
	{ author, day, report, provenance, pool }: Making
): Promise<Uint8Array> {
	if (format === 'pdf') return pool.pdf(report, paperDocument(model, { day, author }), day);
	return format === 'xlsx' ? workbook(model, provenance, day) : new TextEncoder().encode(htmlDocument(model));
}
