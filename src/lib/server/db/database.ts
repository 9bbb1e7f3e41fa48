import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { z } from 'zod';
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
};

/** An open database: questions side by side, writers one after the other. */
export type Database = Statements & {
	/** Runs `work` on the writer's connection without a transaction; waits for earlier writers. */
	alone<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
	close(): void;
};

export type Writer = Statements & {
	/** Runs a statement that is run many times: its plan is kept, so it must not depend on what a plan would guess. */
	again(sql: string, values?: Values): Promise<void>;
	/** Runs `work` in a transaction: any error rolls back and is thrown on. */
	transaction<T>(work: () => Promise<T>): Promise<T>;
};

const readers = 4;

/** Files open in this process, kept where a hot reload finds them: DuckDB would open one twice and lose rows. */
const ofProcess = globalThis as typeof globalThis & { bortfallOpenFiles?: Set<string> };
const openFiles = (ofProcess.bortfallOpenFiles ??= new Set());

/** The file is open already, in this process or another. */
export class FileInUse extends Error {}

/**
 * Opens a database file, or one in memory without a path. Row groups are small (20,480 rows), so that
 * one submission is written by all cores and a month is found without reading its neighbours.
 * Throws FileInUse.
 */
export async function openDatabase(path?: string): Promise<Database> {
	const whole = path === undefined ? undefined : resolve(path);
	if (whole !== undefined) {
		if (openFiles.has(whole)) throw new FileInUse(`${path} is open in this process already.`);
		openFiles.add(whole);
	}
	// What does not fit in memory goes beside the file, not into whatever folder the process was started in.
	const spill = path === undefined ? tmpdir() : `${path}.tmp`;
	const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB', temp_directory: spill });
	const name = 'register';
	const connect = async () => {
		const connection = await instance.connect();
		await connection.run(`use ${name}`);
		// On statements with a thousand expressions these cost more than all the rest of the work.
		await connection.run(`set disabled_optimizers = 'common_subexpressions,in_clause'`);
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
	const pool: DuckDBConnection[] = [];
	for (let n = 0; n < readers; n++) pool.push(await connect());
	const writerConnection = await connect();
	const writer = writerOf(writerConnection);
	const waiting: ((connection: DuckDBConnection) => void)[] = [];

	const take = () => {
		const free = pool.pop();
		return free ? Promise.resolve(free) : new Promise<DuckDBConnection>((ready) => waiting.push(ready));
	};
	const give = (connection: DuckDBConnection) => {
		const next = waiting.shift();
		if (next) next(connection);
		else pool.push(connection);
	};
	const borrowed = async <T>(ask: (s: Statements) => Promise<T>) => {
		const connection = await take();
		try {
			return await ask(statementsOf(connection));
		} finally {
			give(connection);
		}
	};

	let last: Promise<unknown> = Promise.resolve();
	let closed = false;
	return {
		run: (sql, values) => borrowed((s) => s.run(sql, values)),
		rows: (schema, sql, values) => borrowed((s) => s.rows(schema, sql, values)),
		alone: (work) => {
			const mine = last.then(() => work(writer));
			last = mine.catch(() => undefined); // the next writer starts whatever became of this one
			return mine;
		},
		close() {
			if (closed) return;
			closed = true;
			for (const connection of [...pool, writerConnection, first]) connection.closeSync();
			instance.closeSync();
			if (whole !== undefined) openFiles.delete(whole);
		}
	};
}

function statementsOf(connection: DuckDBConnection): Statements {
	return {
		async run(sql, values) {
			try {
				await connection.run(sql, values);
			} catch (error) {
				throw new QueryError(sql, error);
			}
		},
		async rows(schema, sql, values) {
			try {
				const reader = await connection.runAndReadAll(sql, values);
				return schema.array().parse(reader.getRowObjectsJson());
			} catch (error) {
				throw new QueryError(sql, error);
			}
		}
	};
}

function writerOf(connection: DuckDBConnection): Writer {
	const statements = statementsOf(connection);
	const kept = new Map<string, DuckDBPreparedStatement>();
	return {
		...statements,
		async again(sql, values) {
			try {
				const statement = kept.get(sql) ?? (await connection.prepare(sql));
				kept.set(sql, statement);
				if (values) statement.bind(values);
				await statement.run();
			} catch (error) {
				throw new QueryError(sql, error);
			}
		},
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
