import type { Day } from '#lib/period/day.ts';

/** What the register held on a day, in files that SQL written by people may ask. */
export type Snapshot = {
	/** Names what it holds: two snapshots of the same id are the same. */
	id: string;
	asOf: Day;
	/** The last entry of the ledger that it holds. */
	entry: number;
	/** The file of the figures. */
	figures: string;
	/** The file of the births, without anything that tells whose they are; made the first time. */
	births(): Promise<string>;
	/** Says that its files are no longer read; until then they stay. */
	release(): void;
};
