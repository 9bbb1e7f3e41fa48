import { error } from '@sveltejs/kit';
import { arrowPage } from '#lib/notebook/arrow.ts';
import { m } from '#lib/paraglide/messages.js';
import { askNotebook } from '#lib/server/feedback/ask-notebook.ts';
import { Stopped } from '#lib/server/notebook/sandbox.ts';
import { askedRows } from '../run/asked-run.ts';
import type { RequestHandler } from './$types';

/** So many rows are answered at once, however many are asked for. */
const mostRows = 10_000;

/**
 * A page of the rows of one SQL block of a text that is being written, as an Arrow stream. `x-rows` says how many the
 * block gave, `x-cut` that there would have been more.
 */
export const POST: RequestHandler = async ({ request, locals, params: { notebook: name } }) => {
	const { table, from, to, ...question } = await askedRows(request);
	try {
		const run = await askNotebook(locals.scope, locals, {
			...question,
			name,
			today: locals.asOf,
			every: true,
			who: locals.account?.id,
			signal: request.signal
		});
		if (run.steps.some(({ state }) => state === 'done' || state === 'failed'))
			locals.record('notebookAsked', { what: `${name} ${run.fingerprint}` });
		const answer = run.tables.get(table);
		if (!answer) {
			const step = run.steps.find(({ name: own, state }) => own === table && state === 'failed');
			const fault = run.faults.find(({ line }) => line >= (step?.line ?? Infinity));
			if (fault) error(422, `${m.notebook_fault_line({ line: fault.line })}: ${fault.message}`);
			error(404, m.editor_no_table({ name: table }));
		}
		const page = arrowPage(answer.arrow, from, Math.min(to, from + mostRows));
		return new Response(new Uint8Array(page), {
			headers: {
				'content-type': 'application/vnd.apache.arrow.stream',
				'x-rows': String(answer.rows),
				...(answer.isCut && { 'x-cut': '1' })
			}
		});
	} catch (thrown) {
		// nobody waits for it any more
		if (thrown instanceof Stopped) return new Response(null, { status: 204 });
		throw thrown;
	}
};
