import type { Table } from '#lib/notebook/table.ts';
import type { Answers } from './desk-answers.ts';
import { columnsAsked } from './desk-columns.ts';
import { tableKey } from './desk-given.ts';
import { withNeeds } from './desk-steps.ts';
import type { Answer, Ask, Sandbox, SnapshotFiles, SqlFault, Step } from './sandbox.ts';
import type { Snapshot } from './snapshot.ts';

/** Where answers come from. */
export type AskedFrom = {
	sandbox: Sandbox;
	answers: Answers;
	snapshot: Snapshot | null;
	given: ReadonlyMap<string, Table>;
};

/** What came of steps: the answers of those that were wanted, what is wrong, and which were run. */
export type Asked = {
	found: ReadonlyMap<string, Answer>;
	wrong: ReadonlyMap<string, SqlFault>;
	/** Steps that were run, not answered from before. */
	run: ReadonlySet<string>;
};

/** Answers the wanted steps from what is kept, and asks for the rest, with what these need. Throws Stopped. */
export async function askSteps(
	{ sandbox, answers, snapshot, given }: AskedFrom,
	all: readonly Step[],
	wanted: readonly string[],
	{
		signal,
		who,
		onStep,
		onKept
	}: Pick<Ask, 'signal' | 'who' | 'onStep'> & { onKept: (name: string, answer: Answer) => void }
): Promise<Asked> {
	const found = new Map<string, Answer>();
	const wrong = new Map<string, SqlFault>();
	const run = new Set<string>();
	const missing = all.filter(({ name, key }) => {
		if (!wanted.includes(name)) return false;
		const answer = answers.find(key);
		if (!answer) return true;
		found.set(name, answer);
		onKept(name, answer);
		return false;
	});
	if (missing.length === 0) return { found, wrong, run };
	const left = withNeeds(
		all,
		missing.map(({ name }) => name)
	);
	const results = await sandbox.ask({
		snapshot: await filesFor(snapshot, left, given),
		given: [...given]
			.filter(([name]) => left.some(({ uses }) => uses.includes(name)))
			.map(([name, table]) => ({ name, key: tableKey(table), table })),
		steps: left,
		wanted: missing.map(({ name }) => name),
		signal,
		who,
		onStep(name, state) {
			run.add(name);
			onStep?.(name, state);
		}
	});
	for (const { name, key } of left) {
		const result = results.get(name);
		if (!result) continue;
		if ('fault' in result) wrong.set(name, result);
		else {
			found.set(name, result);
			answers.keep(key, result);
		}
	}
	return { found, wrong, run };
}

/** The files that some steps ask; the births with the columns that they name. */
async function filesFor(
	snapshot: Snapshot | null,
	asked: readonly Step[],
	given: ReadonlyMap<string, Table>
): Promise<SnapshotFiles | null> {
	const made = new Set([...given.keys(), ...asked.map(({ name }) => name)]);
	if (!snapshot || !asked.some(({ uses }) => uses.some((name) => !made.has(name)))) return null;
	const columns = asked
		.filter(({ uses }) => uses.includes('birth'))
		.map(({ sql }) => columnsAsked(sql, 'birth'));
	const named = columns.flatMap((each) => (each === 'all' ? [] : [...each]));
	// the same files as before wherever that goes: a process keeps its results as long as it has them open
	const births = columns.length
		? await snapshot.births(columns.includes('all') ? 'all' : named)
		: snapshot.lastBirths();
	return { figures: snapshot.figures, births };
}
