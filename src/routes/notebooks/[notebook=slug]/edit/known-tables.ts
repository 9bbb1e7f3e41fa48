import type { Dictionary } from '#lib/server/notebook/dictionary.ts';
import type { KnownTables } from './completions.ts';
import type { DictionaryTable } from './found-tables.ts';
import type { RunAnswer } from './run-answer.ts';
import type { SqlPlace } from './text-places.ts';

/** The tables that a text makes by its SQL blocks, with the columns that the last run found. */
export const ownTables = (places: readonly SqlPlace[], answer: RunAnswer | undefined): DictionaryTable[] =>
	places.map(({ name }) => {
		const columns = answer?.tables[name]?.columns ?? [];
		return { name, text: '', columns: columns.map((column) => ({ ...column, text: '' })) };
	});

/** What may be completed: the text's own tables before those of the dictionary. */
export const knownTables = ({ tables }: Dictionary, own: readonly DictionaryTable[]): KnownTables =>
	new Map(
		[...tables, ...own].map(({ name, text, columns }) => [
			name,
			{
				...(text && { about: text }),
				columns: columns.map((column) => ({
					label: column.name,
					detail: column.type,
					...(column.text && { about: column.text })
				}))
			}
		])
	);
