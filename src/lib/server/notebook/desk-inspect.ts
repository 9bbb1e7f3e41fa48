import type { Inspection, Sandbox } from './sandbox.ts';

/** So many SQL texts are known again: what is wrong with one, or which tables it asks, does not change. */
const most = 500;

/** Says of SQL texts what they ask, or what is wrong with them. */
export type Inspect = (sqls: readonly string[]) => Promise<ReadonlyMap<string, Inspection>>;

/** Asks a sandbox what texts are, each once. */
export function inspecting(sandbox: Sandbox): Inspect {
	const kept = new Map<string, Inspection>();
	return async (sqls) => {
		const unknown = [...new Set(sqls)].filter((sql) => !kept.has(sql));
		const found = unknown.length ? await sandbox.inspect(unknown) : [];
		const answer = new Map<string, Inspection>();
		for (const [at, sql] of unknown.entries()) {
			const inspection = found[at];
			if (inspection) kept.set(sql, inspection);
		}
		for (const sql of sqls) {
			const inspection = kept.get(sql);
			if (!inspection) continue;
			answer.set(sql, inspection);
			// what was looked at last is the last to be forgotten
			kept.delete(sql);
			kept.set(sql, inspection);
		}
		for (const oldest of kept.keys()) {
			if (kept.size <= most) break;
			kept.delete(oldest);
		}
		return answer;
	};
}
