import type { Fault } from '#lib/notebook/fault.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { DeskRun } from '#lib/server/notebook/desk.ts';

/** Why no file is made: the faults with their lines, or what has to be chosen first, as a text. Status 422. */
export function notMade(name: string, { faults, missing }: Pick<DeskRun, 'faults' | 'missing'>): Response {
	const said = faults.length
		? [m.notebook_not_made({ name }), '', ...faults.map(saidOf)]
		: [m.notebook_not_chosen({ names: missing.join(', ') })];
	return new Response(`${said.join('\n')}\n`, {
		status: 422,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'content-language': getLocale() }
	});
}

const saidOf = ({ line, message }: Fault) => `${m.notebook_fault_line({ line })}: ${message}`;
