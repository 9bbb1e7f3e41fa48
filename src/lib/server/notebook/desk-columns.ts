/** Words that may stand after a table in FROM and are no name for it. */
const afterTable = new Set(
	`where group order having qualify window limit offset union except intersect join left right full inner cross
	natural asof positional semi anti on using sample tablesample select from set`.split(/\s+/)
);

/** What takes columns without naming them, wherever it stands. */
const unnamed =
	/\b(columns|pivot|unpivot|summarize|describe|natural|positional)\b|#\d|(^|\(|\b(?:union|all|except|intersect|by name))\s*from\b/i;

/** A star that stands for columns, not for a product. */
const star =
	/(?:\b(?:select|distinct|all)\s*|[,.(]\s*)\*|\)\s*\*(?=\s*(?:$|[,)]|from\b|exclude\b|replace\b|rename\b))/gi;

/** A question for single values: `(select unit from parameter)`. */
const values = (table: string) =>
	new RegExp(
		`\\(\\s*select\\s+(?:${table}\\.)?\\w+(?:\\s*,\\s*(?:${table}\\.)?\\w+)*\\s+from\\s+${table}\\s*\\)`,
		'gi'
	);

/**
 * The columns that a SQL text can take from a table, in small letters: every word in it, as any of them may be a
 * column. `all` where it may take columns without naming them: by a star, its row as a whole, or anything else that is
 * not understood here. A word too many does no harm.
 */
export function columnsAsked(sql: string, table: string): ReadonlySet<string> | 'all' {
	const text = bare(sql);
	const words = new Set(text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu));
	return isNamed(text.replace(values(table), '()'), table) ? words : 'all';
}

/** The text without comments and without what stands in quotation marks as a text; names in them stay. */
const bare = (sql: string) =>
	sql
		.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) => (found.startsWith("'") ? "''" : ' '))
		.replaceAll('"', ' ');

function isNamed(text: string, table: string): boolean {
	const word = (name: string) => new RegExp(`(?<![\\w.])${name}\\b`, 'gi');
	const found = [...text.matchAll(word(table))];
	if (found.length === 0) return true;
	if (unnamed.test(text)) return false;
	for (const { index, 0: matched } of text.matchAll(star))
		if (word(table).test(fromAfter(text, index + matched.length))) return false;
	return found.every(({ index }) => {
		const rest = text.slice(index + table.length);
		if (/^\s*\./.test(rest)) return true;
		if (!isInFrom(text.slice(0, index))) return false;
		const [, given = ''] = /^\s*(?:as\s+)?([a-z_]\w*)/i.exec(rest) ?? [];
		if (given === '' || afterTable.has(given.toLowerCase())) return true;
		// a name of its own: it may stand where it is given, and before a column
		const uses = [...text.matchAll(word(given))].filter(
			(use) => !/^\s*\./.test(text.slice(use.index + given.length))
		);
		return uses.length === 1;
	});
}

/** Whether what comes next in a text is a table: the last word of a clause before it is FROM or JOIN. */
function isInFrom(before: string): boolean {
	const [last] =
		/\b(?:from|join|select|where|group|order|by|having|qualify|on|using|values|limit)\b(?!.*\b(?:from|join|select|where|group|order|by|having|qualify|on|using|values|limit)\b)/is.exec(
			before
		) ?? [];
	return /^(?:from|join)$/i.test(last ?? '') && /(?:\b(?:from|join)|,)\s*$/i.test(before);
}

/** The FROM clause that belongs to a place of a list of columns; what stands in parentheses is left out. */
function fromAfter(text: string, place: number): string {
	let depth = 0;
	let flat = '';
	for (const letter of text.slice(place)) {
		if (letter === '(') depth++;
		if (depth === 0 && letter === ')') break;
		if (depth === 0) flat += letter;
		if (letter === ')') depth--;
	}
	const [, clause = ''] =
		/\bfrom\b(.*?)(?:\b(?:where|group|order|having|qualify|window|limit|union|except|intersect)\b|$)/is.exec(
			flat
		) ?? [];
	return clause;
}
