import type { RequestEvent } from '@sveltejs/kit';
import { pdfPool } from '#lib/server/export/pdf-pool.ts';
import { provenanceOf } from '#lib/server/feedback/provenance.ts';
import { reportFile } from '#lib/server/feedback/report-file.ts';
import { reportFileName } from '#lib/server/feedback/unit-report.ts';
import { askedReport } from './asked-report.ts';

const contentTypes = {
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** A report as a file to download, named by its unit, period and day. */
export async function reportResponse(
	{
		locals,
		url,
		params
	}: Pick<RequestEvent, 'locals' | 'url'> & { params: { report: string; unit: string } },
	format: keyof typeof contentTypes
): Promise<Response> {
	const { notebook, model, question } = await askedReport(locals, url, params.report, params.unit);
	const { definition } = locals.register;
	const bytes = await reportFile(model, format, {
		author: definition.register.name[question.locale],
		day: question.view.asOf,
		report: `${params.report} ${params.unit}`,
		provenance: provenanceOf(model, { notebook, definition, question }),
		pool: pdfPool()
	});
	// a copy in a buffer of its own, as a response wants it
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': contentTypes[format],
			'content-disposition': `attachment; filename="${reportFileName(question)}.${format}"`
		}
	});
}
