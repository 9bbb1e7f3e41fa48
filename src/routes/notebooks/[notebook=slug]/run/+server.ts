import { htmlOf } from '#lib/server/export/html.ts';
import { askNotebook } from '#lib/server/feedback/ask-notebook.ts';
import type { DeskRun } from '#lib/server/notebook/desk.ts';
import { Stopped } from '#lib/server/notebook/sandbox.ts';
import { m } from '#lib/paraglide/messages.js';
import { loggable } from '../../../../requests/loggable.ts';
import type { RunAnswer, RunLine } from '../edit/run-answer.ts';
import { askedRun } from './asked-run.ts';
import { beginRun } from './one-run.ts';
import type { RequestHandler } from './$types';

/**
 * Runs the text of a notebook as it is being written, and tells of each step as it goes on: lines of JSON, the last of
 * them the page (`RunLine`). Whoever goes away, or asks anew, stops the queries.
 */
export const POST: RequestHandler = async ({ request, locals, params: { notebook: name }, url }) => {
	const { locale, ...question } = await askedRun(request);
	const { signal, end } = beginRun(`${locals.account?.id} ${name}`, request.signal);
	const gone = new AbortController();
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async start(controller) {
			const tell = (line: RunLine) => {
				if (!gone.signal.aborted) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
			};
			try {
				const run = await askNotebook(locals.scope, locals, {
					...question,
					today: locals.asOf,
					name,
					locale,
					who: locals.account?.id,
					signal: AbortSignal.any([signal, gone.signal]),
					onStep: (step) => tell({ step })
				});
				if (run.steps.some(({ state }) => state === 'done' || state === 'failed'))
					locals.record('notebookAsked', { what: `${name} ${run.fingerprint}` });
				tell(answerOf(run));
			} catch (thrown) {
				if (thrown instanceof Stopped) tell({ stopped: true });
				else {
					console.error(loggable(request.method, url.pathname, thrown));
					tell({ failed: m.editor_fail_ours({}, { locale }) });
				}
			} finally {
				end();
				if (!gone.signal.aborted) controller.close();
			}
		},
		cancel: () => gone.abort()
	});
	return new Response(body, { headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } });
};

const answerOf = ({ model, faults, missing, steps, values, tables }: DeskRun): RunAnswer => ({
	html: htmlOf(model),
	faults,
	missing,
	steps,
	parameters: values,
	tables: Object.fromEntries(
		[...tables].map(([name, { columns, rows, isCut }]) => [name, { columns, rows, isCut }])
	)
});
