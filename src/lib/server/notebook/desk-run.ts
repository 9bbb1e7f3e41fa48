import type { Scope } from '#lib/access/scope.ts';
import { mergedFaults, type Fault } from '#lib/notebook/fault.ts';
import { faultOf, sqlBlocks, type SqlBlock } from '#lib/notebook/graph.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import type { Register } from '#lib/server/register/open.ts';
import { allTables, type Answers } from './desk-answers.ts';
import { askSteps } from './desk-ask.ts';
import type { DeskQuestion, DeskRun, StepTold } from './desk.ts';
import type { RoundRow } from './desk-given.ts';
import type { Inspect } from './desk-inspect.ts';
import { readQuestion, type ReadQuestion } from './desk-read.ts';
import { givenFor, givenNames } from './desk-sources.ts';
import { addRefused, mentionedTables, planned, shownStep, steps } from './desk-steps.ts';
import { chartFaults } from './chart-faults.ts';
import { Stopped, type Answer, type Sandbox } from './sandbox.ts';
import type { Snapshot, Snapshots } from './snapshot.ts';

/** What an open desk has at hand. */
export type AtHand = {
	register: Register;
	sandbox: Sandbox;
	inspect: Inspect;
	snapshots: Snapshots;
	answers: Answers;
	/** Names of the tables that a notebook of the register may ask. */
	tables: () => string[];
	rounds: () => readonly RoundRow[];
	program: string;
};

/** Runs a notebook: reads it, asks what is not answered from before, and puts the answers into their places. */
export async function runOnDesk(scope: Scope, at: AtHand, question: DeskQuestion): Promise<DeskRun> {
	const { register, snapshots, inspect } = at;
	const read = await readQuestion(register.definition, question);
	const { notebook, values, missing, asOf, fingerprint, rendering } = read;
	if (missing.length) {
		const model = renderNotebook(notebook, new Map(), question.locale, rendering);
		const about = { missing, values, asOf, fingerprint, entry: await snapshots.lastEntry(asOf) };
		return { ...about, model, faults: read.faults, notices: [], steps: [], tables: new Map() };
	}
	stopWhere(question.signal);
	const taking = notebook.header.source === 'register' ? snapshots.take(asOf) : null;
	taking?.catch(() => undefined); // told below
	try {
		const inspected = await inspect(sqlBlocks(notebook.blocks).map(({ sql }) => sql));
		return await runOver(scope, at, question, { ...read, inspected, snapshot: await taking });
	} finally {
		(await taking?.catch(() => undefined))?.release();
	}
}

type Read = ReadQuestion & { inspected: Awaited<ReturnType<Inspect>>; snapshot: Snapshot | null };

async function runOver(scope: Scope, at: AtHand, question: DeskQuestion, read: Read): Promise<DeskRun> {
	const { notebook, values, missing, asOf, fingerprint, rendering, inspected, snapshot } = read;
	const { header, words, blocks } = notebook;
	const { signal, given: ofSource = {} } = question;
	stopWhere(signal);
	const entry = snapshot?.entry ?? (await at.snapshots.lastEntry(asOf));
	const own = snapshot ? at.tables() : [];
	const from = { ...at, header, values, given: ofSource, asOf, entry };
	const written = sqlBlocks(blocks);
	const known = [...new Set([...own.filter((name) => name !== 'parameter'), ...givenNames(from)])];
	const plan = planned(written, inspected, known);
	const mentioned = mentionedTables([words, blocks]);
	const asked = new Set([...mentioned, ...[...plan.uses.values()].flat()]);
	const given = await givenFor(scope, at.register, asked, from);
	stopWhere(signal);
	// tables of the snapshot that are shown as they are; the births are too many
	const shown = own.filter((name) => mentioned.has(name) && !given.has(name) && name !== 'birth');
	const all = steps(plan, shown, { given, snapshot: snapshot?.id ?? null });
	const used = new Set(all.flatMap(({ uses }) => uses));
	const wanted = all
		.map(({ name }) => name)
		.filter((name) => question.every || mentioned.has(name) || !used.has(name));

	const lines = new Map(plan.ordered.map((block) => [block.name, (block.within ?? block).line]));
	const tell = (name: string, told: Omit<StepTold, 'name' | 'line'>) => {
		const line = lines.get(name);
		if (line !== undefined) question.onStep?.({ name, line, ...told });
	};
	const { found, wrong, run } = await askSteps({ ...at, snapshot, given }, all, wanted, {
		signal,
		who: question.who,
		onStep: (name, state) => tell(name, { state }),
		onKept: (name, { rows }) => tell(name, { state: 'kept', rows })
	});
	stopWhere(signal);
	addRefused(plan, wrong);
	const { failed } = plan;
	const tables = allTables(
		given,
		new Map([
			...[...found].filter(([name]) => lines.has(name)),
			...shown.map((name) => [name, found.get(shownStep(name))] as const)
		])
	);
	const others = [...lines.keys(), ...known];
	const model = renderNotebook(notebook, tables, question.locale, { ...rendering, failed, others });
	return {
		model,
		faults: mergedFaults(read.faults, plan.faults, [...failed.values()], model.faults, chartFaults(model)),
		notices: plan.ordered.flatMap((block) => {
			const answer = found.get(block.name);
			return answer?.isCut ? [faultOf(block, null, cutWords(block.name, answer.rows))] : [];
		}),
		missing,
		values,
		steps: toldSteps(written, plan.ordered, { found, failed, run }),
		tables: new Map([...found].filter(([name]) => lines.has(name))),
		asOf,
		entry,
		fingerprint
	};
}

function stopWhere(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new Stopped('The question was taken back.');
}

const cutWords = (name: string, rows: number) =>
	`${name} has more rows than a notebook keeps: these are the first ${rows}. Add them up, or choose among them`;

/** What became of every block: in the order in which they were run, and after them those that could not be. */
function toldSteps(
	blocks: readonly SqlBlock[],
	ordered: readonly SqlBlock[],
	{
		found,
		failed,
		run
	}: { found: ReadonlyMap<string, Answer>; failed: ReadonlyMap<string, Fault>; run: ReadonlySet<string> }
): StepTold[] {
	const others = blocks.filter((block) => !ordered.some(({ name }) => name === block.name));
	return [...ordered, ...others].map((block) => {
		const { name } = block;
		const answer = found.get(name);
		const state = failed.has(name) ? 'failed' : run.has(name) ? 'done' : 'kept';
		return {
			name,
			line: (block.within ?? block).line,
			state,
			...(answer && { rows: answer.rows }),
			...(answer && state === 'done' && { ms: answer.ms })
		};
	});
}
