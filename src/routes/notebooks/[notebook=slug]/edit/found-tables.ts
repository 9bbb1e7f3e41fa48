import type { Dictionary } from '#lib/server/notebook/dictionary.ts';

export type DictionaryTable = Dictionary['tables'][number];

/** Tables whose name or text has every word, or that have such columns: then with these alone. All without words. */
export function foundTables(tables: readonly DictionaryTable[], words: string): DictionaryTable[] {
	const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
	const has = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
	return tables.flatMap((table) => {
		if (has(`${table.name} ${table.text}`)) return [table];
		const columns = table.columns.filter(({ name, text }) => has(`${table.name} ${name} ${text}`));
		return columns.length ? [{ ...table, columns }] : [];
	});
}
