import type { Table } from '#lib/notebook/table.ts';
import type { Answer, Ask, SnapshotFiles, SqlFault, Step } from '#lib/server/notebook/sandbox.ts';

/** An ask of one step after the other, each by its name; a step may use those before it. */
export function asking(
	sqls: Readonly<Record<string, string>>,
	snapshot: SnapshotFiles | null = null,
	given: Readonly<Record<string, Table>> = {}
): Ask {
	const names = Object.keys(sqls);
	const steps = Object.entries(sqls).map(([name, sql]): Step => {
		const uses = names.filter((other) => other !== name && new RegExp(`\\b${other}\\b`).test(sql));
		return { name, key: JSON.stringify([snapshot, name, sql, uses.map((each) => sqls[each])]), sql, uses };
	});
	return {
		snapshot,
		given: Object.entries(given).map(([name, table]) => ({ name, key: JSON.stringify(table), table })),
		steps,
		wanted: names
	};
}

/** What became of the step `a`: its rows, or what is wrong with it. */
export function resultOf(results: ReadonlyMap<string, Answer | SqlFault>, name = 'a'): Answer | SqlFault {
	const result = results.get(name);
	if (!result) throw new Error(`nothing became of ${name}`);
	return result;
}
