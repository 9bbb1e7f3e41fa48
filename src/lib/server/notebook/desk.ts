import { createHash } from 'node:crypto';
import type { Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { mergedFaults, type Fault } from '#lib/notebook/fault.ts';
import { languageOf, readArguments, type Arguments } from '#lib/notebook/front-matter.ts';
import { faultOf, sqlBlocks, type SqlBlock } from '#lib/notebook/graph.ts';
import { withIncludes } from '#lib/notebook/include.ts';
import type { Model } from '#lib/notebook/model.ts';
import { readNotebook, type Notebook } from '#lib/notebook/parse.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { Day } from '#lib/period/day.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import type { Register } from '#lib/server/register/open.ts';
import { allTables, keepAnswers, shownStep } from './desk-answers.ts';
import { askSteps } from './desk-ask.ts';
import { choicesOf, type RoundRow } from './desk-given.ts';
import { inspecting } from './desk-inspect.ts';
import { givenFor, givenNames } from './desk-sources.ts';
import { addRefused, mentionedTables, planned, steps } from './desk-steps.ts';
import { dictionaryFile, dictionaryOf, readDictionary, type Dictionary } from './dictionary.ts';
import { chartFaults } from './run.ts';
import { openSandbox, Stopped, type Answer, type Caps, type Sandbox } from './sandbox.ts';
import { openSnapshots } from './snapshot.ts';

export type { RoundRow } from './desk-given.ts';

/** A notebook and what it is run with. */
export type DeskQuestion = {
	name: string;
	text: string;
	parameters: Arguments;
	locale: Locale;
	/** The day from which the register is looked at, unless the notebook has a parameter `as_of` of an earlier one. */
	today: Day;
	/** The tables of a notebook whose source is not the register. */
	given?: Readonly<Record<string, Table>> | undefined;
	/** The text of another notebook, which is to be included; undefined where there is none of the name. */
	read: (name: string) => Promise<string | undefined>;
	/** Which page of a long table is shown, by the name of the table; from 1. */
	pages?: Readonly<Record<string, number>> | undefined;
	/** Whether the rows of every SQL block are wanted, also of those that only other SQL asks of. */
	every?: boolean | undefined;
	signal?: AbortSignal | undefined;
	onStep?: ((step: StepTold) => void) | undefined;
};

/** What became of an SQL block: `kept` when its rows were there from before. `line` is that of the notebook. */
export type StepTold = {
	name: string;
	line: number;
	state: 'running' | 'done' | 'kept' | 'failed';
	rows?: number;
	ms?: number;
};

/** A notebook that has been run. */
export type DeskRun = {
	model: Model;
	/** Everything that is wrong, in the order of the notebook. */
	faults: Fault[];
	/** What is not wrong and is to be known: a table that is not shown as a whole. */
	notices: Fault[];
	/** Names of the parameters that have to be given first; with any, no SQL has been run. */
	missing: string[];
	/** The values of the parameters, with the defaults. */
	values: Arguments;
	/** What became of each SQL block, in the order in which they were run. */
	steps: StepTold[];
	/** The answers by name, for files. */
	tables: ReadonlyMap<string, Answer>;
	asOf: Day;
	/** The last entry of the ledger that the figures hold. */
	entry: number;
	/** The SHA-256 of the notebook's text and of what it includes. */
	fingerprint: string;
};

/** The register is asked with SQL by its own people only: a snapshot holds the whole nation. */
export class NotYourDesk extends Error {}

/** Where notebooks are run. */
export interface Desk {
	/** Runs a notebook. Throws NotYourDesk for any scope but the whole nation, and Stopped when the signal was aborted. */
	run(scope: Scope, question: DeskQuestion): Promise<DeskRun>;
	/** The tables that a notebook of the register may ask, for reading and for completion. */
	dictionary(locale: Locale): Dictionary;
	/** Ends the processes and takes the snapshots away. */
	close(): Promise<void>;
}

export type DeskSettings = {
	/** The rounds there are, when a notebook asks for them. */
	rounds?: (() => readonly RoundRow[]) | undefined;
	/** The program's version, as `register.program` tells it. */
	program?: string | undefined;
	/** What SQL may take, where it is not as usual. */
	caps?: Partial<Caps> | undefined;
	/** Where SQL is run; its own without it. */
	sandbox?: Sandbox | undefined;
};

/** So much room have the answers that are kept. In bytes. */
const room = 256 * 2 ** 20;

/** Opens a desk over a register; its snapshots lie in the register's folder. `close` ends what it began. */
export function openDesk(register: Register, settings: DeskSettings = {}): Desk {
	const { definition } = register;
	const { rounds = () => [], program = '', sandbox = openSandbox(settings.caps) } = settings;
	const snapshots = openSnapshots(register);
	const inspect = inspecting(sandbox);
	const answers = keepAnswers(room);
	let described: ReturnType<typeof readDictionary> | undefined;
	const dictionary = (locale: Locale) =>
		dictionaryOf(definition, (described ??= readDictionary(dictionaryFile(projectRoot()))), locale);

	async function run(scope: Scope, question: DeskQuestion): Promise<DeskRun> {
		if (scope.units !== 'all') throw new NotYourDesk('Only who may see the whole nation asks it with SQL.');
		const { signal, today, given: tables = {}, pages } = question;
		const { notebook, faults, fingerprint } = await readWhole(question);
		const { header } = notebook;
		const locale = languageOf(header, question.locale);
		const choices = choicesOf(definition, locale);
		const { values, wrong, missing } = readArguments(header, question.parameters, today, choices);
		const day = header.parameters.as_of?.type === 'day' ? values.as_of : undefined;
		const asOf = day !== undefined && day < today ? day : today;
		const read = mergedFaults(
			faults,
			wrong.map((message) => ({ line: 1, message }))
		);
		const rendering = { arguments: values, missing, choices, pages };
		const about = { missing, values, asOf, fingerprint };
		if (missing.length) {
			const model = renderNotebook(notebook, new Map(), question.locale, rendering);
			const entry = await snapshots.lastEntry();
			return { ...about, model, faults: read, notices: [], steps: [], tables: new Map(), entry };
		}
		stopWhere(signal);
		const blocks = sqlBlocks(notebook.blocks);
		const isOfRegister = header.source === 'register';
		const [inspected, snapshot] = await Promise.all([
			inspect(blocks.map(({ sql }) => sql)),
			isOfRegister ? snapshots.take(asOf) : null
		]);
		try {
			stopWhere(signal);
			const entry = snapshot?.entry ?? (await snapshots.lastEntry());
			const ofSnapshot = isOfRegister ? dictionary(locale).tables.map(({ name }) => name) : [];
			const from = { header, values, given: tables, asOf, entry, program, rounds };
			const known = [...new Set([...ofSnapshot, ...givenNames(from)])];
			const plan = planned(blocks, inspected, known);
			const mentioned = mentionedTables([notebook.words, withoutSql(notebook.blocks)]);
			const asked = new Set([...mentioned, ...[...plan.uses.values()].flat()]);
			const given = await givenFor(scope, register, asked, from);
			stopWhere(signal);
			// a table of the snapshot that is shown as it is
			const shown = ofSnapshot.filter((name) => mentioned.has(name) && !given.has(name) && name !== 'birth');
			const all = steps(
				[...plan.ordered, ...shown.map((name) => ({ name: shownStep(name), sql: `select * from ${name}` }))],
				new Map([...plan.uses, ...shown.map((name) => [shownStep(name), [name]] as const)]),
				{ given, snapshot: snapshot?.id ?? null }
			);
			const used = new Set(all.flatMap(({ uses }) => uses));
			const wanted = all
				.map(({ name }) => name)
				.filter((name) => question.every || mentioned.has(name) || !used.has(name));
			const lines = new Map(plan.ordered.map((block) => [block.name, (block.within ?? block).line]));
			const tell = (name: string, told: Omit<StepTold, 'name' | 'line'>) => {
				const line = lines.get(name);
				if (line !== undefined) question.onStep?.({ name, line, ...told });
			};
			const {
				found,
				wrong: refused,
				run: ran
			} = await askSteps({ sandbox, answers, snapshot, given }, all, wanted, {
				signal,
				onStep: (name, state) => tell(name, { state }),
				onKept: (name, { rows }) => tell(name, { state: 'kept', rows })
			});
			stopWhere(signal);
			addRefused(plan, refused);
			const { failed } = plan;
			const model = renderNotebook(notebook, allTables(given, found), question.locale, {
				...rendering,
				failed
			});
			return {
				...about,
				entry,
				model,
				faults: mergedFaults(read, plan.faults, [...failed.values()], model.faults, chartFaults(model)),
				notices: plan.ordered.flatMap((block) => {
					const answer = found.get(block.name);
					return answer?.isCut ? [faultOf(block, null, cutWords(block.name, answer.rows))] : [];
				}),
				steps: toldSteps(blocks, plan.ordered, { found, failed, ran }),
				tables: new Map([...found].filter(([name]) => lines.has(name)))
			};
		} finally {
			snapshot?.release();
		}
	}
	return {
		run,
		dictionary,
		async close() {
			await sandbox.close();
			await snapshots.close();
		}
	};
}

/** A notebook with what it includes, what is wrong with its words, and the fingerprint of all that was read. */
async function readWhole({
	name,
	text,
	read
}: DeskQuestion): Promise<{ notebook: Notebook; faults: Fault[]; fingerprint: string }> {
	const included: string[] = [];
	const found = readNotebook(name, text);
	const whole = await withIncludes(found.notebook, async (other) => {
		const words = await read(other);
		included.push(other, words ?? '');
		return words;
	});
	const fingerprint = createHash('sha256').update(text);
	for (const each of included) fingerprint.update(`\0${each}`);
	return {
		notebook: whole.notebook,
		faults: mergedFaults(found.faults, whole.faults),
		fingerprint: fingerprint.digest('hex')
	};
}

function stopWhere(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new Stopped('The question was taken back.');
}

const withoutSql = (blocks: Notebook['blocks']): unknown[] =>
	blocks.flatMap((block): unknown[] => {
		if (block.kind === 'sql') return [];
		return 'blocks' in block ? [{ ...block, blocks: withoutSql(block.blocks) }] : [block];
	});

const cutWords = (name: string, rows: number) =>
	`${name} has more rows than a notebook keeps: these are the first ${rows}. Add them up, or choose among them`;

/** What became of every block: in the order in which they were run, and after them those that could not be. */
function toldSteps(
	blocks: readonly SqlBlock[],
	ordered: readonly SqlBlock[],
	{
		found,
		failed,
		ran
	}: { found: ReadonlyMap<string, Answer>; failed: ReadonlyMap<string, Fault>; ran: ReadonlySet<string> }
): StepTold[] {
	const others = blocks.filter((block) => !ordered.some(({ name }) => name === block.name));
	return [...ordered, ...others].map((block) => {
		const { name } = block;
		const answer = found.get(name);
		const state = failed.has(name) ? 'failed' : ran.has(name) ? 'done' : 'kept';
		return {
			name,
			line: (block.within ?? block).line,
			state,
			...(answer && { rows: answer.rows }),
			...(answer && state === 'done' && { ms: answer.ms })
		};
	});
}
