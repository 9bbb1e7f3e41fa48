import type { Scope } from '#lib/access/scope.ts';
import type { Desk, DeskQuestion, DeskRun } from '#lib/server/notebook/desk.ts';
import type { Shelf } from '#lib/server/notebook/shelf.ts';
import type { Register } from '#lib/server/register/open.ts';

/** Where notebooks are asked: `locals` of a request has all three. */
export type AskedAt = { register: Register; desk: Desk; shelf: Shelf };

/** A notebook's text and what it is run with; the given tables and what it includes are found here. */
export type NotebookQuestion = Omit<DeskQuestion, 'given' | 'read'>;

/**
 * Runs a notebook's text over what its source says: the figures of a unit, a clinic or the nation, as far as the scope
 * may see them, or the register's snapshot. Throws NothingThere where the parameters name a unit or clinic of which
 * there is nothing to tell, and what the desk throws (Stopped, NotYourDesk).
 */
export async function askNotebook(
	scope: Scope,
	{ desk }: AskedAt,
	question: NotebookQuestion
): Promise<DeskRun> {
	return desk.run(scope, { ...question, read: async () => undefined });
}

/** There is nothing to tell of what a parameter names: `parameter` and its `value`. */
export class NothingThere extends Error {
	readonly parameter: string;
	readonly value: string;
	constructor(parameter: string, value: string) {
		super(`There is nothing of ${parameter} ${value}.`);
		this.name = 'NothingThere';
		this.parameter = parameter;
		this.value = value;
	}
}
