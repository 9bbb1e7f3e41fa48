import type { StatementFault } from '#lib/server/db/locked.ts';

/** What a fault of DuckDB says to whoever wrote the SQL, in one sentence and without the statement. */
export function statementWords(
	{ kind, subkind, named, candidates, message }: StatementFault,
	memory: number
): string {
	if (kind === 'Out of Memory')
		return `this takes more memory than a notebook may use (${memory} MB): ask for fewer rows or columns`;
	if (kind === 'INTERNAL' || kind === 'FATAL')
		return 'the database stumbled over this: write it in another way';
	if (message.startsWith('Max expression depth')) return 'this is nested too deeply';
	if (subkind === 'COLUMN_NOT_FOUND') {
		const [first] = candidates;
		return `there is no column ${named}${first === undefined ? '' : `; did you mean ${first}?`}`;
	}
	const [first = ''] = message.split('\n');
	return first.length > longest ? `${first.slice(0, longest)} …` : first;
}

const longest = 300;
