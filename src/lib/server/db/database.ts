import { resolve } from 'node:path';
import {
	DuckDBInstance,
	JsonDuckDBValueConverter,
	type DuckDBConnection,
	type DuckDBMaterializedResult,
	type DuckDBPreparedStatement
} from '@duckdb/node-api';
import type { z } from 'zod';
import { readColumns, type ColumnShape, type ColumnsOf } from './columns.ts';
import { QueryError } from './query-error.ts';

/** What may be bound to a statement; days and months go as text and are cast in SQL. */
export type Value = string | number | boolean | null;
export type Values = Record<string, Value>;

/** One connection's statements. */
export type Statements = {
	/** Runs a statement for its effect. */
	run(sql: string, values?: Values): Promise<void>;
	/** The statement's rows, each checked by the schema. BIGINT arrives as text: cast it in SQL. */
	rows<T>(schema: z.ZodType<T>, sql: string, values?: Values): Promise<T[]>;
	/** The statement's answer column by column, of the given shape: for thousands of rows. */
	columns<S extends ColumnShape>(shape: S, sql: string, values?: Values): Promise<ColumnsOf<S>>;
};

/** An open database: questions side by side, writers one after the other. */
export type Database = Statements & {
	/**
	 * Runs `work` at one of the desks for reading files, beside readers and the writer; waits for a free one.
	 * Each has a name, for tables of its own in the database `staging`.
	 */
	atDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
	/**
	 * Runs `work` while the database may use more memory than otherwise: with little, only one core at a time
	 * may write rows that keep their order.
	 */
	withRoom<T>(work: () => Promise<T>): Promise<T>;
	/** How many pieces of writing are done: what was read is still so while this is the same. */
	readonly revision: number;
	/** Runs `work` on the writer's connection without a transaction; waits for earlier writers. */
	alone<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
	/**
	 * Waits until nobody asks, reads files or writes, and keeps it so: what is asked from then on waits, and is
	 * refused with DatabaseClosed once the database is closed.
	 */
	settle(): Promise<void>;
	close(): void;
};

/** The database was closed while somebody waited to ask. */
export class DatabaseClosed extends Error {}

/** Statements of which some are run many times. */
export type Repeating = Statements & {
	/** Runs a statement that is run many times: its plan is kept, so it must not depend on what a plan would guess. */
	again(sql: string, values?: Values): Promise<void>;
};

export type Desk = Repeating & { readonly name: string };

export type Writer = Repeating & {
	/** Runs `work` in a transaction: any error rolls back and is thrown on. */
	transaction<T>(work: () => Promise<T>): Promise<T>;
};

/** What the database may use, and while something large is read. */
const memory = { usual: '1GB', large: '2GB' };

const readers = 4;
const desks = 2;

/**
 * Optimizers that are left out. On statements with a thousand expressions the first two cost more than all the
 * rest of the work. The next two build what a table holds just now into the plan (a column without blanks loses
 * its test for blanks), so that a plan which is kept would count later rows wrongly. The last lets a join's
 * scan skip rows by what its other side held: in a plan that is kept, now and then by what it held the time
 * before, and rows are lost (tests/cube/kept-plans.test.ts).
 */
const disabledOptimizers =
	'common_subexpressions,in_clause,statistics_propagation,compressed_materialization,join_filter_pushdown';

/** Files open in this process, kept where a hot reload finds them: DuckDB would open one twice and lose rows. */
const ofProcess = globalThis as typeof globalThis & { bortfallOpenFiles?: Set<string> };
const openFiles = (ofProcess.bortfallOpenFiles ??= new Set());

/** The file is open already, in this process or another. */
export class FileInUse extends Error {}

/**
 * Opens a database file, or one in memory without a path. Row groups are small (20,480 rows), so that
 * one submission is written by all cores and a month is found without reading its neighbours.
 * Throws FileInUse. `onFatal` is told of the first error after which nothing more can be asked or written.
 */
export async function openDatabase(
	path?: string,
	{ onFatal, onClose }: { onFatal?: (error: Error) => void; onClose?: () => void } = {}
): Promise<Database> {
	const whole = path === undefined ? undefined : resolve(path);
	if (whole !== undefined) {
		if (openFiles.has(whole)) throw new FileInUse(`${path} is open in this process already.`);
		openFiles.add(whole);
	}
	// What does not fit in memory goes beside the file, not into whatever folder the process was started in;
	// it may be texts of a file with persons in them, so it is encrypted with a key that nobody keeps. DuckDB's
	// own cryptography must be allowed for it: the better one is an extension that would have to be fetched.
	// A database in memory spills nowhere: DuckDB lets every statement read the folder that it may spill to.
	const spill = path === undefined ? '' : `${path}.tmp`;
	const instance = await DuckDBInstance.create(':memory:', {
		memory_limit: memory.usual,
		temp_directory: spill,
		temp_file_encryption: 'true',
		// it would know a file again by its path, and the paths of files without names are used again
		enable_external_file_cache: 'false',
		force_mbedtls_unsafe: 'true'
	});
	const name = 'register';
	const connect = async () => {
		const connection = await instance.connect();
		await connection.run(`use ${name}`);
		await connection.run(`set disabled_optimizers = '${disabledOptimizers}'`);
		return connection;
	};
	const first = await instance.connect();
	const file = path === undefined ? ':memory:' : path.replaceAll("'", "''");
	try {
		await first.run(`attach '${file}' as ${name} (row_group_size 20480)`);
		await first.run(`set wal_autocheckpoint = '64MB'`);
		await first.run(`attach ':memory:' as staging (row_group_size 20480)`);
	} catch (error) {
		first.closeSync();
		instance.closeSync();
		if (whole !== undefined) openFiles.delete(whole);
		if (error instanceof Error && /Could not set lock|Conflicting lock/.test(error.message))
			throw new FileInUse(`${path} is open in another process.`);
		throw error;
	}
	let isBroken = false;
	let closed = false;
	const failing: Failing = (sql, cause) => {
		if (closed) return new DatabaseClosed('The register was closed.');
		const error = new QueryError(sql, cause);
		if (error.isFatal && !isBroken) {
			isBroken = true;
			onFatal?.(error);
		}
		return error;
	};
	const connections = [first];
	const connected = async () => {
		const connection = await connect();
		connections.push(connection);
		return connection;
	};
	const reading: Statements[] = [];
	for (let n = 0; n < readers; n++) reading.push(readingOf(await connected(), failing));
	const atDesks: Desk[] = [];
	for (let n = 1; n <= desks; n++)
		atDesks.push({ name: `desk_${n}`, ...repeatingOf(await connected(), failing) });
	const writer = writerOf(await connected(), failing);
	const withReader = lending(reading);

	const withDesk = lending(atDesks);
	let last: Promise<unknown> = Promise.resolve();
	let roomy = 0;
	let revision = 0;
	let ended: () => void = () => undefined;
	const alone: Database['alone'] = (work) => {
		const mine = last.then(() => work(writer)).finally(() => revision++);
		last = mine.catch(() => undefined); // the next writer starts whatever became of this one
		return mine;
	};
	return {
		get revision() {
			return revision;
		},
		run: (sql, values) => withReader((s) => s.run(sql, values)),
		rows: (schema, sql, values) => withReader((s) => s.rows(schema, sql, values)),
		columns: (shape, sql, values) => withReader((s) => s.columns(shape, sql, values)),
		atDesk: withDesk,
		async withRoom(work) {
			if (roomy++ === 0) await first.run(`set memory_limit = '${memory.large}'`);
			try {
				return await work();
			} finally {
				if (--roomy === 0) await first.run(`set memory_limit = '${memory.usual}'`);
			}
		},
		alone,
		async settle() {
			const closing = Promise.withResolvers<void>();
			ended = closing.resolve;
			const taken = (lend: Lend) =>
				new Promise<void>((ready) => {
					void lend(() => {
						ready();
						return closing.promise;
					});
				});
			// in this order: who reads a file waits for the writer, and the writer may ask
			await Promise.all(Array.from({ length: desks }, () => taken(withDesk)));
			await taken(alone);
			await Promise.all(Array.from({ length: readers }, () => taken(withReader)));
		},
		close() {
			if (closed) return;
			closed = true;
			for (const connection of connections) connection.closeSync();
			instance.closeSync();
			if (whole !== undefined) openFiles.delete(whole);
			ended();
			onClose?.();
		}
	};
}

/** The error that a statement's failure is told as. */
type Failing = (sql: string, cause: unknown) => Error;

function statementsOf(connection: DuckDBConnection, failing: Failing): Statements {
	return answering(connection, failing, (sql, values) => connection.run(sql, values));
}

/** The statements of a connection that is asked the same over and over: their plans are kept. */
function readingOf(connection: DuckDBConnection, failing: Failing): Statements {
	const planned = keepingPlans(connection);
	return answering(connection, failing, async (sql, values) => (await planned(sql, values)).run());
}

function answering(
	connection: DuckDBConnection,
	failing: Failing,
	answer: (sql: string, values?: Values) => Promise<DuckDBMaterializedResult>
): Statements {
	const told = async <T>(sql: string, work: () => Promise<T>) => {
		try {
			return await work();
		} catch (error) {
			throw failing(sql, error);
		}
	};
	return {
		run: (sql, values) => told(sql, async () => void (await connection.run(sql, values))),
		rows: (schema, sql, values) =>
			told(sql, async () => schema.array().parse(rowsOf(await answer(sql, values)))),
		columns: (shape, sql, values) =>
			told(sql, async () => {
				const result = await answer(sql, values);
				return readColumns(shape, result.columnNames(), chunksOf(result));
			})
	};
}

/** An answer is here as a whole: to fetch it part by part would go through another thread for each. */
const chunksOf = (result: DuckDBMaterializedResult) =>
	Array.from({ length: result.chunkCount }, (_, at) => result.getChunk(at));

/** The rows of an answer as objects of JSON's kinds. */
function rowsOf(result: DuckDBMaterializedResult): Record<string, unknown>[] {
	const names = result.deduplicatedColumnNames();
	return chunksOf(result).flatMap((chunk) =>
		Array.from({ length: chunk.rowCount }, (_, at) => {
			const row: Record<string, unknown> = {};
			chunk.visitRowValues(at, (value, _row, column, type) => {
				row[names[column] ?? ''] = JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter);
			});
			return row;
		})
	);
}

type Lend = (work: () => Promise<void>) => Promise<void>;

/** Lends each of some things to one piece of work at a time, in the order in which they are asked for. */
function lending<Lent>(free: Lent[]): <T>(work: (lent: Lent) => Promise<T>) => Promise<T> {
	const waiting: ((lent: Lent) => void)[] = [];
	return async (work) => {
		const lent = free.pop() ?? (await new Promise<Lent>((ready) => waiting.push(ready)));
		try {
			return await work(lent);
		} finally {
			const next = waiting.shift();
			if (next) next(lent);
			else free.push(lent);
		}
	};
}

function repeatingOf(connection: DuckDBConnection, failing: Failing): Repeating {
	const planned = keepingPlans(connection);
	return {
		...statementsOf(connection, failing),
		async again(sql, values) {
			try {
				await (await planned(sql, values)).run();
			} catch (error) {
				throw failing(sql, error);
			}
		}
	};
}

/** Plans statements, each once, and binds their values. */
function keepingPlans(connection: DuckDBConnection) {
	const kept = new Map<string, DuckDBPreparedStatement>();
	return async (sql: string, values?: Values): Promise<DuckDBPreparedStatement> => {
		const statement = kept.get(sql) ?? (await connection.prepare(sql));
		kept.set(sql, statement);
		if (kept.size > mostPlans) forgetFirst(kept);
		if (values) statement.bind(values);
		return statement;
	};
}

/** So many plans are kept by a connection: each layout of a file has a few of its own. */
const mostPlans = 200;

function forgetFirst(kept: Map<string, DuckDBPreparedStatement>) {
	const [oldest] = kept;
	if (!oldest) return;
	kept.delete(oldest[0]);
	oldest[1].destroySync();
}

function writerOf(connection: DuckDBConnection, failing: Failing): Writer {
	const statements = repeatingOf(connection, failing);
	return {
		...statements,
		async transaction(work) {
			await statements.run('begin');
			try {
				const result = await work();
				await statements.run('commit');
				return result;
			} catch (error) {
				// After a failed statement COMMIT would report success and keep nothing; so roll back, and say why.
				await statements.run('rollback').catch(() => undefined);
				throw error;
			}
		}
	};
}
