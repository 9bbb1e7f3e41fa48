import { isHttpError } from '@sveltejs/kit';
import type { Fault } from '#lib/notebook/fault.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { DeskRun } from '#lib/server/notebook/desk.ts';

/** Why no file is made: the faults with their lines, or what has to be chosen first, as a text. Status 422. */
export function notMade(name: string, { faults, missing }: Pick<DeskRun, 'faults' | 'missing'>): Response {
	const said = faults.length
		? [m.notebook_not_made({ name }), '', ...faults.map(saidOf)]
		: [m.notebook_not_chosen({ names: missing.join(', ') })];
	return saying(said.join('\n'), 422);
}

/**
 * A file, or where there is none of what the address names, why, as a text: the page of errors is for what we did
 * wrong.
 */
export async function fileOrWhy(file: Promise<Response>): Promise<Response> {
	try {
		return await file;
	} catch (thrown) {
		if (isHttpError(thrown) && thrown.status < 500) return saying(thrown.body.message, thrown.status);
		throw thrown;
	}
}

const saying = (text: string, status: number) =>
	new Response(`${text}\n`, {
		status,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'content-language': getLocale() }
	});

const saidOf = ({ line, message }: Fault) => `${m.notebook_fault_line({ line })}: ${message}`;
