import type { Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Fault } from '#lib/notebook/fault.ts';
import type { Arguments } from '#lib/notebook/front-matter.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { Day } from '#lib/period/day.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import type { Register } from '#lib/server/register/open.ts';
import { keepAnswers } from './desk-answers.ts';
import type { RoundRow } from './desk-given.ts';
import { inspecting } from './desk-inspect.ts';
import { runOnDesk, type AtHand } from './desk-run.ts';
import { dictionaryFile, dictionaryOf, readDictionary, type Dictionary } from './dictionary.ts';
import { openSandbox, type Answer, type Caps, type Sandbox } from './sandbox.ts';
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
	/** Who asks, by any name: a long query of theirs keeps nobody else waiting. */
	who?: string | undefined;
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
	let described: ReturnType<typeof readDictionary> | undefined;
	const dictionary = (locale: Locale) =>
		dictionaryOf(definition, (described ??= readDictionary(dictionaryFile(projectRoot()))), locale);
	const at: AtHand = {
		register,
		sandbox,
		snapshots,
		inspect: inspecting(sandbox),
		answers: keepAnswers(room),
		tables: () => dictionary('en').tables.map(({ name }) => name),
		rounds,
		program
	};
	return {
		async run(scope, question) {
			if (scope.units !== 'all') throw new NotYourDesk('Only who may see the whole nation asks it with SQL.');
			return runOnDesk(scope, at, question);
		},
		dictionary,
		async close() {
			await sandbox.close();
			await snapshots.close();
		}
	};
}
