import { DuckDBInstance, type DuckDBConnection, type DuckDBDataChunk } from '@duckdb/node-api';
import { identifier } from '#lib/catalogue/sql.ts';

/** Files that are asked, opened read-only under one search path: what each table is called, it is called nowhere else. */
export type LockedFiles = { figures: string; births: string | null };

/**
 * A database in memory that reads the given files and nothing else: no other file, no network, no extension, and no
 * setting can be changed any more. For SQL written by people, in a process of its own (scripts/sandbox-child.ts).
 */
export type LockedDatabase = {
	/** Names of the files' tables. */
	readonly tables: readonly string[];
	/** Runs a statement to its end. Throws a StatementFault. */
	run(sql: string, values?: Record<string, string>): Promise<void>;
	/** The first rows of an answer, as its columns' names and chunks. Throws a StatementFault. */
	read(
		sql: string,
		enough: (rows: number) => boolean
	): Promise<{ names: string[]; chunks: DuckDBDataChunk[] }>;
	/** The columns of an answer with DuckDB's names for their types. Throws a StatementFault. */
	columns(sql: string): Promise<{ name: string; type: string }[]>;
	/** The one value of an answer. Throws a StatementFault. */
	value(sql: string, values?: Record<string, string>): Promise<unknown>;
	/** What DuckDB makes of a SQL text, as JSON, without running it. Throws a StatementFault. */
	serialized(sql: string): Promise<string>;
	/** Stops the statement that is running, if DuckDB notices. */
	interrupt(): void;
	close(): void;
};

/** What DuckDB says of a statement that it did not run. `at` is the place in the statement, in bytes. */
export class StatementFault extends Error {
	readonly kind: string;
	readonly subkind: string;
	readonly named: string;
	readonly candidates: string[];
	at: number | undefined;
	/** Nothing more can be asked after it. */
	readonly isFatal: boolean;
	constructor(cause: unknown) {
		const said = cause instanceof Error ? cause.message : String(cause);
		const read = readFault(said);
		super(read.exception_message ?? said);
		this.kind = read.exception_type ?? '';
		this.subkind = read.error_subtype ?? '';
		this.named = read.name ?? '';
		this.candidates = read.candidates ? read.candidates.split(',').map((each) => each.trim()) : [];
		this.isFatal = /^(INTERNAL|FATAL)$/.test(this.kind) || said.includes('database has been invalidated');
		this.at = read.position === undefined ? undefined : Number(read.position);
	}
}

function readFault(said: string): Record<string, string | undefined> {
	const from = said.indexOf('{"exception_type"');
	if (from < 0) return {};
	try {
		return JSON.parse(said.slice(from)) as Record<string, string>;
	} catch {
		return {};
	}
}

const told = async <T>(work: () => Promise<T>): Promise<T> => {
	try {
		return await work();
	} catch (error) {
		throw new StatementFault(error);
	}
};

/** Opens the files, or none, and locks the door. `memory` is in megabytes. */
export async function openLocked(files: LockedFiles | null, memory: number): Promise<LockedDatabase> {
	const instance = await DuckDBInstance.create(':memory:', {
		memory_limit: `${memory}MB`,
		threads: '2',
		temp_directory: '',
		autoinstall_known_extensions: 'false',
		autoload_known_extensions: 'false',
		allow_community_extensions: 'false',
		enable_external_file_cache: 'false'
	});
	const connection = await instance.connect();
	const parser = await instance.connect();
	const attached = Object.entries(files ?? {}).filter(([, path]) => path !== null);
	for (const [name, path] of attached)
		await connection.run(`attach '${String(path).replaceAll("'", "''")}' as ${identifier(name)} (read_only)`);
	if (attached.length)
		await connection.run(`set search_path = '${attached.map(([name]) => `${name}.main`).join(',')}'`);
	const tables = await firstColumn(
		connection,
		`select table_name from duckdb_tables() where database_name in ('figures', 'births')
		union all select view_name from duckdb_views() where database_name in ('figures', 'births') and not internal`
	);
	await connection.run('set errors_as_json = true');
	await connection.run(`set TimeZone = 'UTC'`);
	// in this order: without external access the next setting could not be made, and after the last one none can
	await connection.run('set enable_external_access = false');
	await connection.run(`set disabled_filesystems = 'LocalFileSystem'`);
	await connection.run('set lock_configuration = true');

	return {
		tables: tables.map(String),
		run: (sql, values) => told(async () => void (await connection.run(sql, values))),
		read: (sql, enough) =>
			told(async () => {
				const result = await connection.stream(sql);
				const chunks: DuckDBDataChunk[] = [];
				for (let rows = 0; !enough(rows);) {
					const chunk = await result.fetchChunk();
					if (!chunk || chunk.rowCount === 0) break;
					chunks.push(chunk);
					rows += chunk.rowCount;
				}
				return { names: result.columnNames(), chunks };
			}),
		columns: (sql) =>
			told(async () => {
				const result = await connection.run(`${sql} limit 0`);
				const types = result.columnTypes();
				return result.columnNames().map((name, at) => ({ name, type: String(types[at]) }));
			}),
		value: (sql, values) => told(async () => (await firstColumn(connection, sql, values))[0]),
		serialized: (sql) =>
			told(async () =>
				String((await firstColumn(parser, 'select json_serialize_sql($sql::varchar)', { sql }))[0])
			),
		interrupt: () => connection.interrupt(),
		close() {
			connection.closeSync();
			parser.closeSync();
			instance.closeSync();
		}
	};
}

async function firstColumn(connection: DuckDBConnection, sql: string, values?: Record<string, string>) {
	const result = await connection.run(sql, values);
	return (await result.getRowsJson()).map(([first]) => first);
}
