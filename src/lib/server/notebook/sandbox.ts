import { unfitText, type Inspection, type SqlFault } from '#lib/notebook/gate.ts';
import type { ColumnType, Table } from '#lib/notebook/table.ts';
import { answerAsk, Stopped } from './sandbox-ask.ts';
import { openPool } from './sandbox-pool.ts';
import { SandboxBroken, talkInspect, unreadable } from './sandbox-talk.ts';

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
	/** Who asks, by any name: one of them has at most one process at a time. */
	who?: string | undefined;
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

export { Stopped };

const usual: Caps = { seconds: 30, askSeconds: 120, memory: 1000, rows: 100_000 };

/** How many asks run side by side. */
const size = 2;

/**
 * Opens a sandbox. Its processes are started with the first question, and kept warm from then on; they do not keep a
 * program from ending.
 */
export function openSandbox(caps: Partial<Caps> = {}): Sandbox & { pids(): number[] } {
	const within = { ...usual, ...caps };
	const pool = openPool(size, { memory: within.memory, rows: within.rows });
	return {
		pids: pool.pids,
		close: pool.close,
		async inspect(sqls) {
			const unfit = sqls.map(unfitText);
			const fit = sqls.filter((_, at) => unfit[at] === undefined);
			const found: Inspection[] = [];
			for (let failures = 0; found.length < fit.length;) {
				const before = found.length;
				const last = await pool.lend({ snapshot: 'null', keys: [] }, (member) =>
					talkInspect(member, fit.slice(before), found)
				);
				if (last === undefined) break;
				// a process that ends before it has read anything may have been on its way out
				if (found.length === before && ++failures === 1) continue;
				if (failures > 3) throw new SandboxBroken(`The sandbox does not stay alive: ${last}`);
				found.push(unreadable);
			}
			return unfit.map((fault) =>
				fault === undefined ? (found.shift() ?? unreadable) : { fault, line: null }
			);
		},
		ask: (ask) => answerAsk(pool, ask, within)
	};
}
