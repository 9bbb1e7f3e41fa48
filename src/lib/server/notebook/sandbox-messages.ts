import { z } from 'zod';
import type { Table } from '#lib/notebook/table.ts';
import type { SnapshotFiles, Step } from './sandbox.ts';

/** What the server says to a process of the sandbox. A given table that it keeps already is sent without rows. */
export type Asked =
	| { do: 'inspect'; sqls: readonly string[] }
	| {
			do: 'ask';
			snapshot: SnapshotFiles | null;
			given: readonly { name: string; key: string; table: Table | null }[];
			steps: readonly Step[];
			wanted: readonly string[];
			/** Names of steps that have failed before: what uses them is not run. */
			failed: readonly string[];
	  }
	/** Stops the step that runs; with `all` also those after it. */
	| { do: 'interrupt'; all: boolean };

const line = z.number().int().positive().nullable();

/** What a process of the sandbox says to the server. It is not believed, but read by this. */
export const told = z.discriminatedUnion('said', [
	z.strictObject({ said: z.literal('ready') }),
	z.strictObject({ said: z.literal('inspected'), uses: z.array(z.string()) }),
	z.strictObject({ said: z.literal('refused'), fault: z.string(), line }),
	/** A step begins; `isKept` when its result is there already. */
	z.strictObject({ said: z.literal('running'), name: z.string(), isKept: z.boolean() }),
	z.strictObject({ said: z.literal('done'), name: z.string() }),
	/** A step has failed; `isInterrupted` when it was stopped, `isBroken` when the process ends with it. */
	z.strictObject({
		said: z.literal('failed'),
		name: z.string(),
		fault: z.string(),
		line,
		isInterrupted: z.boolean(),
		isBroken: z.boolean()
	}),
	/** The rows of a step are in the frame's body. */
	z.strictObject({
		said: z.literal('answer'),
		name: z.string(),
		columns: z.array(
			z.strictObject({
				name: z.string(),
				type: z.enum(['text', 'integer', 'number', 'boolean', 'day', 'numbers'])
			})
		),
		rows: z.number().int().nonnegative(),
		isCut: z.boolean(),
		ms: z.number().nonnegative()
	}),
	/** All is said; the keys are what is kept. */
	z.strictObject({ said: z.literal('finished'), kept: z.array(z.string()) }),
	/** The ask could not be begun: a wrong program, or a file that is not there. */
	z.strictObject({ said: z.literal('impossible'), reason: z.string() })
]);

export type Told = z.infer<typeof told>;
