import type { Scope } from '#lib/access/scope.ts';
import { readNotebook } from '#lib/notebook/parse.ts';
import type { Desk, DeskQuestion, DeskRun } from '#lib/server/notebook/desk.ts';
import { readAny, type Shelf } from '#lib/server/notebook/shelf.ts';
import type { Register } from '#lib/server/register/open.ts';
import { givenTables } from './given-tables.ts';

/** Where notebooks are asked: `locals` of a request has all three. */
export type AskedAt = { register: Register; desk: Desk; shelf: Shelf };

/** A notebook's text and what it is run with; the given tables and what it includes are found here. */
export type NotebookQuestion = Omit<DeskQuestion, 'given' | 'read'>;

/**
 * Runs a notebook's text over what its source says: the figures of a unit, a clinic or the nation, as far as the scope
 * may see them, or the register's snapshot. Where the parameters name something of which there is nothing to tell, that
 * is a fault and has to be given anew. Throws what the desk throws (Stopped, NotYourDesk).
 */
export async function askNotebook(
	scope: Scope,
	{ register, desk, shelf }: AskedAt,
	question: NotebookQuestion
): Promise<DeskRun> {
	const { header } = readNotebook(question.name, question.text).notebook;
	const { parameters, tables, fault } = await givenTables(scope, register, header, question);
	const run = await desk.run(scope, {
		...question,
		parameters,
		given: tables,
		read: (name) => readAny(shelf, name)
	});
	return fault === undefined ? run : { ...run, faults: [{ line: 1, message: fault }, ...run.faults] };
}
