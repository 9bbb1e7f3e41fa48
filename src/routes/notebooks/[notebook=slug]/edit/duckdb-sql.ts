import {
	SQLDialect,
	keywordCompletionSource,
	schemaCompletionSource,
	type SQLNamespace
} from '@codemirror/lang-sql';
import type { CompletionSource } from '@codemirror/autocomplete';
import type { KnownTables } from './completions.ts';

const keywords =
	'all and anti any as asc asof between by case cast collate cross cube current_date delete desc distinct else end ' +
	'escape except exclude exists false filter first following for from full group grouping having ilike in inner ' +
	'intersect interval into is join last lateral left like limit natural not null nulls offset on or order outer over ' +
	'partition pivot positional preceding qualify range recursive replace respect right rollup row rows sample select ' +
	'semi sets similar some summarize table tablesample then to true try_cast unbounded union unpivot using values when ' +
	'where window with within';
const functions =
	'count sum avg min max median mode any_value first last arg_min arg_max quantile_cont quantile_disc stddev_samp ' +
	'var_samp count_if bool_and bool_or string_agg list row_number rank dense_rank lag lead ntile coalesce nullif ' +
	'greatest least round floor ceil abs sqrt ln exp power sign date_trunc date_part date_diff date_add year month ' +
	'quarter day strftime last_day lower upper trim length substring replace concat starts_with contains regexp_matches ' +
	'unnest range generate_series list_aggregate list_value';
const types = 'varchar text integer bigint smallint double real boolean date time timestamp decimal';

/** SQL as DuckDB reads it. */
export const duckDb = SQLDialect.define({
	keywords,
	types,
	builtin: functions,
	operatorChars: '+-*/<>=~!@#%^&|?:',
	doubleDollarQuotedStrings: true,
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

/** The columns of the tables that a block names, also where no table is written before them; of all where it names none. */
const columnsAsked =
	(tables: () => KnownTables): CompletionSource =>
	(context) => {
		const word = context.matchBefore(/(?<![\w.])[a-z_]\w*/i);
		if (!word && !context.explicit) return null;
		// there a table follows
		if (context.matchBefore(/\b(from|join)\s+\w*/i)) return null;
		const block = aroundCursor(context.state.doc.toString(), context.pos);
		const named = new Set(block.match(/\b[a-z_]\w*\b/gi));
		const all = [...tables()];
		const asked = all.filter(([name]) => named.has(name));
		// before it is written what is asked of, anything may be
		const options = (asked.length ? asked : all).flatMap(([name, { columns }]) =>
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

/** The text of the fenced block that a place lies in, without the line that names it. */
function aroundCursor(text: string, pos: number): string {
	const start = text.indexOf('\n', text.lastIndexOf('\n```', pos) + 1);
	const end = text.indexOf('\n```', pos);
	return text.slice(Math.max(start, 0), end < 0 ? text.length : end);
}
