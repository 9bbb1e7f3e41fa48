import type { Inspection, SqlFault } from '#lib/notebook/gate.ts';
import type { ColumnType, Table } from '#lib/notebook/table.ts';

export type { Inspection, SqlFault };

/** A table that is given to the SQL under a name. Tables of the same key are the same: it is sent only once. */
export type Given = { name: string; key: string; table: Table };

/**
 * A named SQL text whose result is a table for the texts after it. `key` names what the result is made of (the text,
 * the keys of what it uses, the snapshot): a result of the same key need not be made again.
 */
export type Step = { name: string; key: string; sql: string; uses: readonly string[] };

/** A step's result: its rows as an Arrow stream, and how many they are; `isCut` when there were more than the cap. */
export type Answer = {
	columns: { name: string; type: ColumnType }[];
	rows: number;
	isCut: boolean;
	arrow: Uint8Array;
	/** How long it took; next to nothing when the result was kept from before. */
	ms: number;
};

/** Files of a snapshot, opened read-only. The births lie in a file of their own. */
export type SnapshotFiles = { figures: string; births: string | null };

export type Ask = {
	/** Null: only the given tables are asked. */
	snapshot: SnapshotFiles | null;
	given: readonly Given[];
	/** Each after those that it uses. */
	steps: readonly Step[];
	/** Names of the steps whose rows are answered. */
	wanted: readonly string[];
	signal?: AbortSignal | undefined;
	onStep?: ((name: string, state: 'running' | 'done' | 'failed') => void) | undefined;
};

/** What SQL written by people may take. */
export type Caps = {
	/** For one step. */
	seconds: number;
	/** For all steps of one ask together. */
	askSeconds: number;
	/** What DuckDB may use, in megabytes. */
	memory: number;
	/** Rows of an answer. */
	rows: number;
};

/** Processes of their own in which SQL written by people is checked and run. */
export interface Sandbox {
	/** Checks each text without running it. */
	inspect(sqls: readonly string[]): Promise<Inspection[]>;
	/** Runs the steps; answers for each wanted one, and with a fault for each that failed. Throws Stopped. */
	ask(ask: Ask): Promise<ReadonlyMap<string, Answer | SqlFault>>;
	/** Ends the processes; what was being asked fails. */
	close(): Promise<void>;
}

/** The signal of an ask was aborted. */
export class Stopped extends Error {}

/** Opens a sandbox. Its processes are started with the first question, and kept. */
export function openSandbox(_caps: Partial<Caps> = {}): Sandbox {
	const closed = () => Promise.reject(new Error('The sandbox is closed.'));
	return { inspect: closed, ask: closed, close: () => Promise.resolve() };
}
