import type { BirthMonth } from '#lib/period/birth-month.ts';
import type { Volume } from './volume.ts';

/** The counts of a variable by month, in the order of the months; `recorded` has the unknown where they count. */
export type ItemHistory = {
	applicable: Int32Array;
	recorded: Int32Array;
	invalid: Int32Array;
	implausible: Int32Array;
};

/** A form by month: the births or deliveries that should have it, and those that lack it. */
export type FormHistory = { applicable: Int32Array; missing: Int32Array };

/** How often a code or a number was recorded: in the judged months, and in those before. */
export type CodeCounts = { now: number; before: number };

/** What one unit's flags are judged by. What is not in a map has no births. */
export type UnitHistory = {
	unit: string;
	/** Births by month, and of them those received within a month. */
	births: Int32Array;
	onTime: Int32Array;
	items: ReadonlyMap<string, ItemHistory>;
	forms: ReadonlyMap<string, FormHistory>;
	/** Variable → code or number as text → counts. */
	codes: ReadonlyMap<string, ReadonlyMap<string, CodeCounts>>;
	/** Months of the period in which the unit was active and nothing came, with the births that it usually has. */
	missingMonths: readonly { month: BirthMonth; expected: number }[];
	/** The volume of the period, held against earlier years; null where there is none to judge. */
	volume: Volume | null;
};

/** What is demanded of a variable. */
export type JudgedVariable = {
	id: string;
	form: string;
	target: number | null;
	/** `value`: it has one for every birth it applies to. `ticks`: a box, of which only the share that is ticked tells. */
	kind: 'value' | 'ticks';
	/** How its recorded values are counted one by one, if they are. */
	distribution: 'codes' | 'numbers' | 'lastDigits' | null;
};

/** What a whole run is judged by. */
export type NationHistory = {
	/** The time axis, oldest first: months before the period, those of the period, and what has come since. */
	months: readonly BirthMonth[];
	/** The place of the period's first month on the axis. */
	judgedFrom: number;
	/** The place after its last month, as far as figures of the period go; the end of the axis, if absent. */
	judgedTo?: number;
	variables: readonly JudgedVariable[];
	units: readonly UnitHistory[];
};
