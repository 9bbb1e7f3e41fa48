import { z } from 'zod';
import type { Locale } from '#lib/catalogue/text.ts';
import { NotebookError, type Fault } from '#lib/notebook/fault.ts';
import { readArguments, type Arguments } from '#lib/notebook/front-matter.ts';
import { sqlBlocks, type SqlBlock } from '#lib/notebook/graph.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { Notebook } from '#lib/notebook/parse.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import type { Cell, Row, Table } from '#lib/notebook/table.ts';
import { openDatabase, type Database, type Writer } from '#lib/server/db/database.ts';
import { QueryError } from '#lib/server/db/query-error.ts';
import { chartFaults } from './chart-faults.ts';
import { parameterTable } from './desk-given.ts';
import { insertion } from './given-table.ts';

/** One database in memory for all runs: a notebook's SQL never meets the register's own. Opened when first asked for. */
let opened: Promise<Database> | undefined;
function desk(): Promise<Database> {
	opened ??= openDatabase().then(async (db) => {
		// its SQL has no business with files, and a setting once taken away cannot be given back
		await db.alone((writer) => writer.run('set enable_external_access = false'));
		return db;
	});
	return opened;
}

/** Closes the notebooks' database; the next run opens one anew. */
export async function closeDesk(): Promise<void> {
	const closing = opened;
	opened = undefined;
	(await closing)?.close();
}

/** What a notebook is run with: the figures' tables by name, its parameters, and the reader's language. */
export type Running = { tables: Readonly<Record<string, Table>>; parameters: Arguments; locale: Locale };

/** Runs a notebook: its SQL over the given tables, then its blocks. Faults of blocks are told in the model. */
export async function runNotebook(
	notebook: Notebook,
	{ tables, parameters, locale }: Running
): Promise<Model> {
	// a report states its period and its day; only a word such as last-year would ask which day it is
	const { values, wrong, missing } = readArguments(
		notebook.header,
		parameters,
		parameters.as_of ?? '2000-01-01'
	);
	const problems = [...wrong, ...missing.map((name) => `the parameter ${name} is missing`)];
	if (problems.length)
		throw new NotebookError(
			notebook.name,
			problems.map((message) => ({ line: 1, message }))
		);
	const given = { ...tables, parameter: parameterTable(notebook.header, values) };
	const made = await tablesOf(notebook, given);
	const model = renderNotebook(notebook, made.tables, locale);
	const faults = [...made.faults, ...model.faults, ...chartFaults(model)];
	return { ...model, faults: faults.toSorted((a, b) => a.line - b.line) };
}

/** Runs a notebook that is to be printed or sent: any fault is thrown, as a NotebookError. */
export async function runReport(notebook: Notebook, running: Running): Promise<Model> {
	const model = await runNotebook(notebook, running);
	if (model.faults.length) throw new NotebookError(notebook.name, model.faults);
	return model;
}

/** The given tables and those that the SQL blocks make of them, read back. */
async function tablesOf(notebook: Notebook, given: Record<string, Table>) {
	const tables = new Map<string, { columns: string[]; rows: Row[] }>();
	const faults: Fault[] = [];
	for (const [name, { columns, rows }] of Object.entries(given))
		tables.set(name, { columns: Object.keys(columns), rows: [...rows] });
	const blocks = sqlBlocks(notebook.blocks);
	if (blocks.length === 0) return { tables, faults };
	const db = await desk();
	await db.alone(async (writer) => {
		// runs come one after the other, so that one schema serves them all; what it holds is thrown away with it
		await writer.run('create or replace schema run');
		await writer.run('use register.run');
		try {
			for (const [name, table] of Object.entries(given))
				if (isAsked(name, blocks)) await writer.run(...insertion(name, table));
			for (const [at, { name, sql, line }] of blocks.entries()) {
				if (tables.has(name)) {
					faults.push({ line, message: `there is a table ${name} already` });
					continue;
				}
				try {
					// only what later SQL asks of has to be kept as a table
					const kept = isAsked(name, blocks.slice(at + 1));
					if (kept) await writer.run(`create table ${name} as (${sql}\n)`);
					tables.set(name, await readBack(writer, kept ? name : `(${sql}\n)`));
				} catch (error) {
					if (!(error instanceof QueryError)) throw error;
					faults.push({ line, message: `the SQL of ${name}: ${reason(error)}` });
				}
			}
		} finally {
			await writer.run('use register');
			await writer.run('drop schema run cascade');
		}
	});
	return { tables, faults };
}

/** Whether any of the SQL texts holds the name as a word. It may hold it as something else; that does no harm. */
const isAsked = (name: string, blocks: readonly SqlBlock[]) => {
	const word = new RegExp(`\\b${name}\\b`, 'i');
	return blocks.some(({ sql }) => word.test(sql));
};

const cell: z.ZodType<Cell> = z.union([
	z.string(),
	z.number(),
	z.boolean(),
	z.null(),
	z.array(z.number().nullable())
]);
const readRow = z.record(z.string(), cell);
const columnRow = z.object({ column_name: z.string() });

/** The columns and rows of a table or query. As JSON, so that a sum is a number however wide DuckDB made it. */
async function readBack(writer: Writer, from: string): Promise<{ columns: string[]; rows: Row[] }> {
	const found = await writer.rows(
		z.object({ row: z.string() }),
		`select to_json(t)::varchar as row from ${from} t`
	);
	const rows = found.map(({ row }) => readRow.parse(JSON.parse(row)));
	if (rows[0]) return { columns: Object.keys(rows[0]), rows };
	// a table without rows still has columns that can be asked of
	const columns = await writer.rows(columnRow, `select column_name from (describe select * from ${from} t)`);
	return { columns: columns.map(({ column_name }) => column_name), rows };
}

/** What DuckDB has to say, in its first lines: it repeats the statement below. */
const reason = (error: QueryError) =>
	(error.message.split('\n\n')[0] ?? '').replace(/\s*\n\s*/g, ' ').replace(/^(\w+ Error): /, '$1: ');
