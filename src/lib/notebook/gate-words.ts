import { nearest } from './fault.ts';

/** Names that are DuckDB's own, whether or not it has such a table just now. */
export const forbiddenName = /^(duckdb_|pg_|sqlite_|pragma_|information_schema)/i;

export const notASelect =
	'only questions are asked here: one SELECT, also as FROM, WITH, VALUES, DESCRIBE or SUMMARIZE';

/** Why a function may not be called, and what to do instead; the first pattern that its name fits says it. */
const reasons: readonly [RegExp, string][] = [
	[
		/^(now|today|ago|age|current_(date|time|timestamp|localtime.*)|localtime.*|get_current_.*|transaction_timestamp)$/,
		'the clock is not asked, so that an answer stays the same: use as_of of the table register'
	],
	[
		/^(random|setseed|(gen_random_)?uuid.*|reservoir_quantile)$/,
		'chance is not asked, so that an answer stays the same: use hash(…), or a sample with a seed'
	],
	[
		/^(read_|glob$|sniff_|parquet_|copy|write_|arrow_scan|.*_scan$|st_read)/,
		'files are not read here: the dictionary lists the tables'
	],
	[
		/^(query|query_table|json_(execute|serialize|deserialize).*|sql_auto_complete)$/,
		'SQL is not made of texts here: write it out'
	],
	[/^(json|to_json|from_json|row_to_json|->>?)/, 'JSON is not made or read here: use structs and lists'],
	[
		/^(duckdb_|pg_|pragma_|current_|session_user$|user$|getenv$|getvariable$|checkpoint$|force_checkpoint$|which_secret$|(en|dis)able_|in_search_path$|txid_)/,
		'settings and the inside of the database are not asked'
	],
	[/^(nextval|currval)$/, 'there are no sequences: use row_number() over (…)'],
	[/^(list|array)_resize$/, 'a list is not made longer by a number: use range(…)'],
	[/^(sleep_ms|pg_sleep|error)$/, 'this has no place in a question']
];

/** Why a function is refused, as a sentence that says what to do instead. */
export function noFunction(name: string, known: Iterable<string>): string {
	const reason = reasons.find(([pattern]) => pattern.test(name))?.[1];
	return reason === undefined
		? `there is no function ${name} for notebooks${nearest(name, known)}`
		: `${name}: ${reason}`;
}
