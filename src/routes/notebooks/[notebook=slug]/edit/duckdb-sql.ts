import {
	PostgreSQL,
	SQLDialect,
	keywordCompletionSource,
	schemaCompletionSource,
	type SQLNamespace
} from '@codemirror/lang-sql';
import type { CompletionSource } from '@codemirror/autocomplete';
import type { KnownTables } from './completions.ts';

const own =
	'qualify pivot unpivot sample exclude replace columns asof positional anti semi summarize filter try_cast';
const functions =
	'count sum avg min max median mode any_value first last arg_min arg_max quantile_cont quantile_disc stddev_samp ' +
	'var_samp count_if bool_and bool_or string_agg list row_number rank dense_rank lag lead ntile coalesce nullif ' +
	'greatest least round floor ceil abs sqrt ln exp power sign date_trunc date_part date_diff date_add year month ' +
	'quarter day strftime last_day lower upper trim length substring replace concat starts_with contains regexp_matches ' +
	'unnest range generate_series list_aggregate list_value';
const types = 'varchar integer bigint double boolean date timestamp decimal hugeint';

/** SQL as DuckDB reads it. */
export const duckDb = SQLDialect.define({
	...PostgreSQL.spec,
	keywords: `${PostgreSQL.spec.keywords ?? ''} ${own}`,
	types: `${PostgreSQL.spec.types ?? ''} ${types}`,
	builtin: functions,
	caseInsensitiveIdentifiers: true
});

const schemaOf = (tables: KnownTables): SQLNamespace =>
	Object.fromEntries(
		[...tables].map(([label, { about, columns }]) => [
			label,
			{
				self: { label, type: 'class', ...(about && { info: about }) },
				children: columns.map((column) => ({
					label: column.label,
					type: 'property',
					...(column.detail && { detail: column.detail }),
					...(column.about && { info: column.about })
				}))
			}
		])
	);

/** Completes SQL: keywords, functions, and the tables and columns that there are at the moment. */
export function sqlCompletion(tables: () => KnownTables): CompletionSource[] {
	let known: KnownTables | undefined;
	let source: CompletionSource = () => null;
	return [
		(context) => {
			if (known !== tables()) {
				known = tables();
				source = schemaCompletionSource({ dialect: duckDb, schema: schemaOf(known) });
			}
			return source(context);
		},
		columnsAsked(tables),
		keywordCompletionSource(duckDb, false, (label, type) => ({ label, type, boost: -1 }))
	];
}

/** The columns of the tables that a block names, also where no table is written before them. */
const columnsAsked =
	(tables: () => KnownTables): CompletionSource =>
	(context) => {
		const word = context.matchBefore(/(?<![\w.])[a-z_]\w*/i);
		if (!word && !context.explicit) return null;
		const { text } = context.state.doc.lineAt(context.pos);
		if (/\b(from|join)\s+\w*$/i.test(text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from)))
			return null;
		const block = aroundCursor(context.state.doc.toString(), context.pos);
		const named = new Set(block.match(/\b[a-z_]\w*\b/gi));
		const options = [...tables()]
			.filter(([name]) => named.has(name))
			.flatMap(([name, { columns }]) =>
				columns.map(({ label, about, detail }) => ({
					label,
					type: 'property',
					detail: detail ?? name,
					...(about && { info: about })
				}))
			);
		const unique = options.filter(
			({ label }, at) => options.findIndex((each) => each.label === label) === at
		);
		return options.length ? { from: word?.from ?? context.pos, options: unique, validFor: /^\w*$/ } : null;
	};

/** The text of the fenced block that a place lies in. */
function aroundCursor(text: string, pos: number): string {
	const start = text.lastIndexOf('\n```', pos);
	const end = text.indexOf('\n```', pos);
	return text.slice(Math.max(start, 0), end < 0 ? text.length : end);
}
