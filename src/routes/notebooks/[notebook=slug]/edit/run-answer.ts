import type { Fault } from '#lib/notebook/fault.ts';
import type { ColumnType } from '#lib/notebook/table.ts';

/** Parameters as they were chosen, by name. */
export type Chosen = Readonly<Record<string, string>>;

/** What is asked of a run. `pages` says which page of a long table is shown. */
export type RunQuestion = {
	text: string;
	parameters: Chosen;
	locale: string;
	pages: Readonly<Record<string, number>>;
};

/** How far the table of one SQL block has come; `kept` came out of an earlier run. */
export type StepShown = {
	name: string;
	line: number;
	state: 'running' | 'done' | 'kept' | 'failed';
	rows?: number;
	ms?: number;
};

/** The table of an SQL block as it was after a run, without its rows. */
export type TableKnown = {
	columns: readonly { name: string; type: ColumnType }[];
	rows: number;
	isCut: boolean;
};

/** What a run comes to: the inside of the page, and what is wrong with the notebook, each at its line. */
export type RunAnswer = {
	html: string;
	faults: readonly Fault[];
	missing: readonly string[];
	steps: readonly StepShown[];
	parameters: Readonly<Record<string, unknown>>;
	tables: Readonly<Record<string, TableKnown>>;
};

/** A line of the answer of `run`: a step that has come further, the end, or why there is none. */
export type RunLine = { step: StepShown } | RunAnswer | { stopped: true } | { failed: string };

/** Steps by name, with one of them further on; in the order in which they began. */
export const withStep = (steps: readonly StepShown[], step: StepShown): StepShown[] =>
	steps.some(({ name }) => name === step.name)
		? steps.map((each) => (each.name === step.name ? { ...each, ...step } : each))
		: [...steps, step];
