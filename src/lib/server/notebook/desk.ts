import type { Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Fault } from '#lib/notebook/fault.ts';
import type { Arguments } from '#lib/notebook/front-matter.ts';
import type { Model } from '#lib/notebook/model.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { Day } from '#lib/period/day.ts';
import type { Register } from '#lib/server/register/open.ts';
import type { Dictionary } from './dictionary.ts';
import type { Answer, Caps } from './sandbox.ts';

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

/** A round as notebooks see it. */
export type RoundRow = { round: string; periodFrom: string; periodTo: string; cutOff: Day; state: string };

export type DeskSettings = {
	/** The rounds there are, when a notebook asks for them. */
	rounds?: (() => RoundRow[]) | undefined;
	/** The program's version, as `register.program` tells it. */
	program?: string | undefined;
	caps?: Partial<Caps> | undefined;
};

/** Opens a desk over a register; its snapshots lie in the register's folder. */
export function openDesk(_register: Register, _settings: DeskSettings = {}): Desk {
	const closed = () => Promise.reject(new Error('The desk is closed.'));
	return { run: closed, dictionary: () => ({ tables: [], examples: [] }), close: () => Promise.resolve() };
}
