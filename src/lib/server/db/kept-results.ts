import { identifier, literal } from '#lib/catalogue/sql.ts';
import { arrowOf } from '#lib/notebook/arrow-write.ts';
import type { ColumnType, Table } from '#lib/notebook/table.ts';
import { StatementFault, type LockedDatabase } from './locked.ts';
import { readableColumns, rowsWithin } from './readable-columns.ts';
import { writtenColumn } from './written-columns.ts';

/** A result as Arrow; `isCut` when there were more rows than are in it. */
export type KeptAnswer = {
	columns: { name: string; type: ColumnType }[];
	rows: number;
	isCut: boolean;
	arrow: Uint8Array;
};

/** Results and given tables kept in the database by their keys, so that a later ask need not make them again. */
export type KeptResults = {
	/** Keeps what a SQL text gives. The text must have passed the gate. Throws a StatementFault. */
	make(key: string, sql: string): Promise<void>;
	/** Keeps a table that is given. */
	give(key: string, table: Table): Promise<void>;
	has(key: string): boolean;
	keys(): string[];
	/** From now on what is kept under the key is asked of under this name. */
	name(name: string, key: string): Promise<void>;
	/** Takes all names away again. */
	unname(): Promise<void>;
	/** The first rows of what is kept under a key, at most so many. Throws a StatementFault. */
	answer(key: string, rows: number): Promise<KeptAnswer>;
	/** Forgets the oldest until they take up less than `bytes`, but none of the keys that are needed; how many. */
	shrink(bytes: number, needed: ReadonlySet<string>): Promise<number>;
};

const sqlTypes: Record<ColumnType, string> = {
	text: 'VARCHAR',
	integer: 'BIGINT',
	number: 'DOUBLE',
	boolean: 'BOOLEAN',
	day: 'DATE',
	numbers: 'DOUBLE[]'
};

/** These two can be asked, but not kept as a table, unless they stand in parentheses. */
const shown = /^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(summarize|describe|desc|show)\b/i;

/** Keeps results as temporary tables of a locked database. */
export function keepResults(db: LockedDatabase): KeptResults {
	const kept = new Map<string, string>();
	const named = new Set<string>();
	let made = 0;

	const forget = async (key: string, table: string) => {
		kept.delete(key);
		await db.run(`drop table if exists ${table}`);
	};

	return {
		has: (key) => kept.has(key),
		keys: () => [...kept.keys()],
		async make(key, sql) {
			const table = `kept_${++made}`;
			const isShown = shown.test(sql);
			const opening = `create temp table ${table} as\n${isShown ? 'from (\n' : ''}`;
			try {
				await db.run(opening + (isShown ? `${sql.replace(/[\s;]+$/, '')}\n)` : sql));
			} catch (error) {
				if (error instanceof StatementFault && error.at !== undefined) error.at -= opening.length;
				throw error;
			}
			kept.set(key, table);
		},
		async give(key, { columns, rows }) {
			const table = `kept_${++made}`;
			const shape = Object.fromEntries(
				Object.entries(columns).map(([column, type]) => [column, sqlTypes[type]])
			);
			await db.run(
				`create temp table ${table} as
				select unnest(from_json($rows::json, ${literal(JSON.stringify([shape]))}), recursive := true)`,
				{ rows: JSON.stringify(rows) }
			);
			kept.set(key, table);
		},
		async name(name, key) {
			const table = kept.get(key);
			if (table === undefined) throw new Error(`nothing is kept for ${name}`);
			await db.run(`create or replace temp view ${identifier(name)} as from temp.main.${table}`);
			named.add(name);
			// what was asked of last goes last
			kept.delete(key);
			kept.set(key, table);
		},
		async unname() {
			for (const name of named) await db.run(`drop view if exists temp.main.${identifier(name)}`);
			named.clear();
		},
		async answer(key, most) {
			const table = kept.get(key) ?? '';
			const found = await readableColumns(db, table);
			const { columns } = found;
			const fitting = await rowsWithin(db, table, found, most);
			const selected = columns.map(({ sql }) => sql).join(', ');
			const { chunks } = await db.read(
				`select ${selected} from temp.main.${table}`,
				(rows) => rows > fitting
			);
			const read = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
			const rows = Math.min(fitting, read);
			return {
				columns: columns.map(({ name, type }) => ({ name, type })),
				rows,
				isCut: read > rows,
				arrow: arrowOf(columns.map(({ name, type }, place) => writtenColumn(name, type, place, chunks, rows)))
			};
		},
		async shrink(bytes, needed) {
			let forgotten = 0;
			for (const [key, table] of kept) {
				if (needed.has(key)) continue;
				const used = await db.value('select sum(memory_usage_bytes)::double from duckdb_memory()');
				if (Number(used) <= bytes) break;
				await forget(key, table);
				forgotten++;
			}
			return forgotten;
		}
	};
}
