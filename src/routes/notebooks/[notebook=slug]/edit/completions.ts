import { fenceAt } from './text-places.ts';

/** Something that may be written next; `about` says what it is. */
export type Offer = { label: string; about?: string; detail?: string; apply?: string };

/** What may be written from `from` on, as a number of letters before the cursor. */
export type Offers = { back: number; offers: readonly Offer[] };

/** Tables by name with their columns, the dictionary's and the notebook's own. */
export type KnownTables = ReadonlyMap<string, { about?: string; columns: readonly Offer[] }>;

/** The words of the language of notebooks. */
export type NotebookWords = {
	fences: readonly Offer[];
	sections: readonly Offer[];
	formats: readonly Offer[];
	/** The keys that the YAML of a block or of the header has, by block; the header's under `header`. */
	keys: Readonly<Record<string, readonly Offer[]>>;
};

/**
 * What may be written in a notebook where the cursor stands, other than in SQL: `before` is the text up to there.
 * Values `{table.column | format}`, the kinds of blocks and sections, and the keys and names of a block.
 */
export function offersAt(before: string, words: NotebookWords, tables: KnownTables): Offers | undefined {
	const lines = before.split('\n');
	const line = lines.at(-1) ?? '';
	const fence = fenceAt(lines.slice(0, -1));
	if (fence?.kind === 'sql') return undefined;
	return (
		valueOffers(line, words, tables) ??
		(fence ? keyOffers(line, words.keys[fence.kind] ?? [], lines, words, tables) : undefined) ??
		(!fence && inHeader(lines)
			? keyOffers(line, words.keys.header ?? [], lines, words, tables)
			: undefined) ??
		(fence
			? undefined
			: (startOffers(line, /^(`{3,}\s*)([a-z]*)$/, words.fences) ??
				startOffers(line, /^(:{3,}\s*)([a-z]*)$/, words.sections) ??
				conditionOffers(line, tables)))
	);
}

/** Whether the text up to here is still in the header. */
const inHeader = (lines: readonly string[]) =>
	lines[0] === '---' && !lines.slice(1, -1).some((line) => /^---\s*$/.test(line));

/** Inside `{…}`: tables, then columns after the dot, then formats after the bar. */
function valueOffers(line: string, { formats }: NotebookWords, tables: KnownTables): Offers | undefined {
	const written = /(?<!\{)\{([^{}]*)$/.exec(line)?.[1];
	if (written === undefined) return undefined;
	const format = /^[^|]*\|\s*([a-z_]*)$/.exec(written);
	if (format) return { back: format[1]?.length ?? 0, offers: formats };
	return columnOffers(/^\s*(?:([a-z0-9_]+)\.)?([a-z0-9_]*)$/i.exec(written), tables, true);
}

/** After `::: if` and `::: each`. */
const conditionOffers = (line: string, tables: KnownTables): Offers | undefined =>
	columnOffers(
		/^:{3,}\s*(?:if(?:\s+not)?|each)\s+(?:([a-z0-9_]+)\.)?([a-z0-9_]*)$/i.exec(line),
		tables,
		false
	);

function columnOffers(
	found: RegExpExecArray | null,
	tables: KnownTables,
	dotted: boolean
): Offers | undefined {
	if (!found) return undefined;
	const [, table, begun = ''] = found;
	const back = begun.length;
	if (table !== undefined) return { back, offers: tables.get(table)?.columns ?? [] };
	const offers = [...tables].map(([label, { about }]) => ({
		label,
		...(about && { about }),
		...(dotted && { apply: `${label}.` })
	}));
	return { back, offers };
}

function startOffers(line: string, pattern: RegExp, offers: readonly Offer[]): Offers | undefined {
	const found = pattern.exec(line);
	return found ? { back: found[2]?.length ?? 0, offers } : undefined;
}

/** In the YAML of a block: the name of a table after `from:`, of its column after `column:`, a format; else a key. */
function keyOffers(
	line: string,
	keys: readonly Offer[],
	lines: readonly string[],
	{ formats }: NotebookWords,
	tables: KnownTables
): Offers | undefined {
	const value = /(?:^|[\s{,-])(from|column|x|y|mark|own|format):\s*'?([a-z0-9_]*)$/.exec(line);
	if (value) {
		const [, key, begun = ''] = value;
		const back = begun.length;
		if (key === 'format') return { back, offers: formats };
		if (key === 'from') return { back, offers: [...tables.keys()].map((label) => ({ label })) };
		const table = lines
			.toReversed()
			.flatMap((each) => /(?:^|[\s{,-])from:\s*([a-z0-9_]+)/.exec(each)?.[1] ?? [])[0];
		return { back, offers: table ? (tables.get(table)?.columns ?? []) : [] };
	}
	const key = /^(?:\s*(?:-\s+)?|.*\{\s*|.*\{.*,\s*)([a-z_]*)$/.exec(line);
	return key && keys.length ? { back: key[1]?.length ?? 0, offers: keys } : undefined;
}
