import {
	allowedFunctions,
	allowedTableFunctions,
	allowedTypes,
	measuredFunctions
} from './allowed-functions.ts';
import { nearest } from './fault.ts';
import { forbiddenName, noFunction, notASelect } from './gate-words.ts';

/** What is wrong with a SQL text, in one sentence; the line is counted within the text, from 1. */
export type SqlFault = { fault: string; line: number | null };

/** The names of the tables that a SQL text asks of, without those that it makes itself; or what is wrong with it. */
export type Inspection = { uses: readonly string[] } | SqlFault;

/** A longer text is not looked at. In characters. */
const longestSql = 100_000;

/** Why a text is not even to be parsed, as a sentence; undefined when it may be. */
export function unfitText(sql: string): string | undefined {
	if (sql.length > longestSql) return `a block of SQL has at most ${longestSql} characters`;
	// to DuckDB a text ends where this stands, and the rest of it would go unseen
	if (sql.includes('\0')) return 'a character without a meaning (NUL) stands in the text';
	return undefined;
}

/** Values may be put to so many characters by the functions that lengthen them. */
const longestMade = 1000;

const tooDeep = 'this is nested too deeply: write it in steps';

/** Deeper than this DuckDB itself gives up on most forms, and on some it dies. */
const deepest = 1200;

/** Of queries, tables, modifiers, orders and types: what has no class. */
const kinds = new Set(
	`SELECT_NODE SET_OPERATION_NODE BASE_TABLE EMPTY JOIN SUBQUERY TABLE_FUNCTION EXPRESSION_LIST PIVOT SHOW_REF
	ORDER_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING
	DECIMAL_TYPE_INFO LIST_TYPE_INFO ARRAY_TYPE_INFO STRUCT_TYPE_INFO UNBOUND_TYPE_INFO ENUM_TYPE_INFO
	STRING_TYPE_INFO INTEGER_LITERAL_TYPE_INFO`.split(/\s+/)
);

/** Of expressions. */
const classes = new Set(
	`CONSTANT COLUMN_REF FUNCTION COMPARISON CONJUNCTION OPERATOR CAST CASE BETWEEN SUBQUERY WINDOW STAR LAMBDA
	COLLATE POSITIONAL_REFERENCE`.split(/\s+/)
);

/** What the class OPERATOR stands for. */
const operators = new Set(
	`COMPARE_IN COMPARE_NOT_IN OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_NULLIF
	OPERATOR_TRY OPERATOR_UNPACK GROUPING_FUNCTION ARRAY_EXTRACT ARRAY_SLICE STRUCT_EXTRACT ARRAY_CONSTRUCTOR`.split(
		/\s+/
	)
);

type Node = Readonly<Record<string, unknown>>;

class Refused extends Error {
	readonly at: number | undefined;
	constructor(message: string, at: number | undefined) {
		super(message);
		this.at = at;
	}
}

/**
 * Whether a SQL text may be run, from what DuckDB's json_serialize_sql says of it. Only what is known is let through:
 * one SELECT, over the tables `known` (without it any name that could be a table's) and those that it makes itself,
 * with functions of allowed-functions.ts and without recursion.
 */
export function checkSql(serialized: string, sql: string, known?: Iterable<string>): Inspection {
	const uses = new Set<string>();
	const tables = known && new Set(known);
	try {
		const read: unknown = JSON.parse(serialized);
		if (!isNode(read)) throw new Refused('this cannot be read as SQL', undefined);
		if (read.error === true) return unread(read, sql);
		const statements = Array.isArray(read.statements) ? read.statements : [];
		if (statements.length !== 1)
			throw new Refused(
				statements.length ? 'one block asks one question: only one SELECT' : notASelect,
				undefined
			);
		visit(statements[0], { uses, tables, made: new Set(), at: undefined, depth: 0 });
		return { uses: [...uses] };
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		return { fault: error.message, line: lineAt(sql, error.at) };
	}
}

/** Why DuckDB could not read a text at all. */
function unread({ error_message, position }: Node, sql: string): SqlFault {
	const message = String(error_message);
	if (!message.startsWith('Only SELECT')) {
		const at = position === undefined ? undefined : Number(position);
		const isDeep = /^memory exhausted|^Max expression depth/.test(message);
		return { fault: isDeep ? tooDeep : message, line: lineAt(sql, at) };
	}
	const isPivot = /\bpivot(_wider)?\b/i.test(sql);
	return {
		fault: isPivot ? 'a PIVOT lists its columns: PIVOT … ON column IN (…) USING …' : notASelect,
		line: null
	};
}

type Place = {
	uses: Set<string>;
	tables: ReadonlySet<string> | undefined;
	/** Names of the queries under WITH that can be asked of here, in small letters. */
	made: ReadonlySet<string>;
	/** Where in the text, in bytes. */
	at: number | undefined;
	depth: number;
};

/** Looks at a value and everything in it. Throws Refused. */
function visit(value: unknown, outer: Place): void {
	if (typeof value !== 'object' || value === null) return;
	if (outer.depth > deepest) throw new Refused(tooDeep, outer.at);
	const place = { ...outer, depth: outer.depth + 1 };
	if (Array.isArray(value)) {
		for (const each of value) visit(each, place);
		return;
	}
	const node = value as Node;
	if (typeof node.query_location === 'number') place.at = node.query_location;
	if (typeof node.class === 'string') checkExpression(node, place);
	else if (typeof node.type === 'string') checkKind(node, place);
	if (typeof node.id === 'string' && 'type_info' in node) checkType(node.id, place.at);
	if (isNode(node.cte_map)) place.made = visitMade(node.cte_map, place);
	for (const [key, each] of Object.entries(node)) {
		if (key === 'cte_map') continue;
		// a table function stands in its own place only, and is no function of expressions
		if (key === 'function' && isNode(each)) visitTableFunction(each, place);
		else visit(each, place);
	}
}

/** Looks at the queries under WITH, each of which sees those before it; gives the names that are seen after them. */
function visitMade({ map }: Node, place: Place): ReadonlySet<string> {
	const made = new Set(place.made);
	for (const entry of Array.isArray(map) ? map : []) {
		if (!isNode(entry) || typeof entry.key !== 'string')
			throw new Refused('this WITH is not known', place.at);
		if (isNode(entry.value) && Array.isArray(entry.value.key_targets) && entry.value.key_targets.length)
			throw new Refused('WITH … USING KEY is not for notebooks', place.at);
		if (forbiddenName.test(entry.key))
			throw new Refused(`${entry.key} is a name of the database's own`, place.at);
		visit(entry.value, { ...place, made });
		made.add(entry.key.toLowerCase());
	}
	return made;
}

function checkKind(node: Node, place: Place): void {
	const type = String(node.type);
	const { at } = place;
	if (type === 'RECURSIVE_CTE_NODE')
		throw new Refused(
			'recursion is not for notebooks: use range(…), generate_series(…) or a window function',
			at
		);
	if (!kinds.has(type)) throw new Refused(`${readable(type)} is not for notebooks`, at);
	if (type === 'BASE_TABLE') checkTable(node, place);
	if (
		type === 'SHOW_REF' &&
		(!isNode(node.query) || !['SUMMARY', 'DESCRIBE'].includes(String(node.show_type)))
	)
		throw new Refused('SHOW is not for notebooks: the dictionary lists the tables', at);
	if (type === 'UNBOUND_TYPE_INFO') checkType(String(node.name), at);
	if (node.sample !== null && node.sample !== undefined) checkSample(node.sample, at);
}

function checkTable(node: Node, { uses, tables, made, at }: Place): void {
	const name = String(node.table_name).toLowerCase();
	if (node.at_clause) throw new Refused('AT is not for notebooks: the tables are as of one day', at);
	if (node.catalog_name || node.schema_name)
		throw new Refused(
			`a table is named by its name alone: ${name}${tables?.has(name) === false ? nearest(name, tables) : ''}`,
			at
		);
	if (made.has(name)) return;
	if (tables ? !tables.has(name) : forbiddenName.test(name) || !/^[a-z_][a-z0-9_]*$/.test(name))
		throw new Refused(
			/^[\p{L}\p{N}_ ]*$/u.test(name)
				? `there is no table ${name}${nearest(name, tables ?? [])}`
				: 'files are not read here: the dictionary lists the tables',
			at
		);
	uses.add(name);
}

function checkSample(sample: unknown, at: number | undefined): void {
	if (!isNode(sample) || typeof sample.seed !== 'number' || sample.seed < 0)
		throw new Refused(
			'a sample is another each time: write its seed, such as USING SAMPLE 10% (bernoulli, 42)',
			at
		);
}

function checkType(name: string, at: number | undefined): void {
	if (!allowedTypes.has(name.toLowerCase())) throw new Refused(`the type ${name} is not for notebooks`, at);
}

/** What PostgreSQL writes without parentheses, although it is a function. */
const hiddenFunctions = new Set(
	`current_catalog current_date current_schema current_role current_time current_timestamp localtime localtimestamp
	session_user user current_user`.split(/\s+/)
);

function checkExpression(node: Node, { at }: Place): void {
	const kind = String(node.class);
	if (kind === 'PARAMETER')
		throw new Refused('a value is written out, or asked of the table parameter: not ? or $', at);
	if (!classes.has(kind)) throw new Refused(`${readable(kind)} is not for notebooks`, at);
	if (kind === 'OPERATOR' && !operators.has(String(node.type)))
		throw new Refused(`${readable(String(node.type))} is not for notebooks`, at);
	if (kind === 'COLUMN_REF') {
		const names = Array.isArray(node.column_names) ? node.column_names : [];
		const name = String(names[0]).toLowerCase();
		if (names.length === 1 && hiddenFunctions.has(name)) throw new Refused(noFunction(name, []), at);
	}
	if (kind === 'LAMBDA' && !isParameters(node.lhs)) throw new Refused(noFunction('->', []), at);
	if (kind === 'FUNCTION' || kind === 'WINDOW') {
		const name = String(node.function_name).toLowerCase();
		if (!allowedFunctions.has(name)) throw new Refused(noFunction(name, allowedFunctions), at);
		// with one day it is the age today
		if (name === 'age' && !(Array.isArray(node.children) && node.children.length === 2))
			throw new Refused(noFunction(name, []), at);
		if (measuredFunctions.includes(name)) checkLength(name, node, at);
	}
}

/** What stands before the arrow of a lambda: a name, or several in parentheses. Anything else makes it JSON's arrow. */
const isParameters = (left: unknown) =>
	isNode(left) &&
	(left.class === 'COLUMN_REF' || (left.class === 'FUNCTION' && left.function_name === 'row'));

/** A function of which a few letters can make gigabytes says how much it makes, and that is not much. */
function checkLength(name: string, { children }: Node, at: number | undefined): void {
	const given = Array.isArray(children) ? children : [];
	if (name === 'printf' || name === 'format') {
		const written = constant(given[0]);
		if (typeof written !== 'string' || /\d{4}|\*|\{[^{}]*\{/.test(written))
			throw new Refused(`${name} takes its pattern as written text, with widths under 1,000`, at);
		return;
	}
	const place = name === 'bar' ? 3 : 1;
	const length = constant(given[place]);
	if (name === 'bar' && given.length === 3) return;
	if (typeof length !== 'number' || length > longestMade)
		throw new Refused(`${name} takes its length as a written number, at most ${longestMade}`, at);
	if (given.some(hasMeasured)) throw new Refused(`${name} is not put into another such function`, at);
}

function hasMeasured(value: unknown): boolean {
	if (Array.isArray(value)) return value.some(hasMeasured);
	if (!isNode(value)) return false;
	return (
		measuredFunctions.includes(String(value.function_name).toLowerCase()) ||
		Object.values(value).some(hasMeasured)
	);
}

function constant(value: unknown): unknown {
	if (!isNode(value) || value.class !== 'CONSTANT' || !isNode(value.value)) return undefined;
	const { type, value: written } = value.value;
	return isNode(type) && type.id === 'DECIMAL' ? undefined : written;
}

function visitTableFunction(node: Node, place: Place): void {
	const name = String(node.function_name).toLowerCase();
	if (node.class !== 'FUNCTION' || !allowedTableFunctions.has(name))
		throw new Refused(noFunction(name, allowedTableFunctions), place.at);
	for (const each of Object.values(node)) visit(each, place);
}

const readable = (kind: string) => kind.toLowerCase().replaceAll('_', ' ');

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The line of a place in a text, which DuckDB counts in bytes; null when it is not known. */
export function lineAt(sql: string, at: number | undefined): number | null {
	const bytes = new TextEncoder().encode(sql);
	if (at === undefined || !(at >= 0 && at <= bytes.length)) return null;
	return bytes.subarray(0, at).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1);
}
