import type { BirthMonth } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import type { Figure } from './figure.ts';
import type { Volume } from './volume.ts';

/** How much hangs on a flag: `high` is to be called about today. */
export type Severity = 'high' | 'middle' | 'low';

/**
 * Since when something has been amiss without a break, with the figure from then on: its first month, and its
 * first day where the unit's births tell it.
 */
export type Since = { month: BirthMonth; day: Day | null; figure: Figure };

/**
 * What is odd in the distribution of a variable: `code` is given far more often than before or elsewhere,
 * `unused`: a box that is hardly ticked any more, `heaping`: numbers end in 0 far more often. `share` is among the
 * recorded values; `earlier` of the unit before (its ticks among the births), or null where it had none; `nation` of the other units.
 */
export type Odd = {
	what: 'code' | 'unused' | 'heaping';
	code: string | null;
	share: Figure;
	earlier: number | null;
	nation: number | null;
};

/**
 * What stands out. `stopped`: a variable that is hardly recorded at all from a day on; `dropped`: it fell
 * against the unit's own history; `low`: it lies under its target and the other units. A form is told as one
 * flag, not as its variables.
 */
export type Matter =
	| { kind: 'notReported'; months: BirthMonth[] }
	| { kind: 'volumeLow' | 'volumeHigh'; volume: Volume }
	| { kind: 'formMissing'; form: string; figure: Figure; since: Since | null }
	| {
			kind: 'stopped' | 'dropped' | 'low';
			variable: string;
			figure: Figure;
			earlier: Figure;
			since: Since | null;
	  }
	| {
			kind: 'invalid' | 'implausible';
			variable: string;
			figure: Figure;
			earlier: Figure;
			since: Since | null;
	  }
	| { kind: 'odd'; variable: string; odd: Odd; figure: Figure }
	| { kind: 'late'; figure: Figure; earlier: Figure };

export type FlagKind = Matter['kind'];

/**
 * Something that a person should look at, with the figures that say so. `births` is how many births (or
 * deliveries) are concerned, so that flags can be put in order of what is lost; `p` how likely it is by chance.
 */
export type Flag = Matter & {
	/** Stable within its unit from one run to the next; see `flagId`. */
	id: string;
	unit: string;
	severity: Severity;
	births: number;
	p: number;
};

/** Kinds that are the same matter at different stages share a name in the id. */
const matters: Record<FlagKind, string> = {
	notReported: 'volume',
	volumeLow: 'volume',
	volumeHigh: 'volume-high',
	formMissing: 'form',
	stopped: 'values',
	dropped: 'values',
	low: 'values',
	invalid: 'invalid',
	implausible: 'implausible',
	odd: 'odd',
	late: 'late'
};

/** What a flag is about besides its unit: a variable or a form; null for the births as a whole. */
export const subjectOf = (matter: Matter): string | null =>
	'variable' in matter ? matter.variable : 'form' in matter ? matter.form : null;

/**
 * The id of a flag within its unit: the matter, its variable or form, and the first month of the period that
 * is judged: "values.APGAR5.2026-01". A variable that dropped and then stops is the same matter.
 */
export const flagId = (matter: Matter, periodStart: BirthMonth): string =>
	[matters[matter.kind], subjectOf(matter), periodStart].filter((part) => part !== null).join('.');

/** A flag of too few recorded values of a variable. */
export type ValueFlag = Extract<Flag, { kind: 'stopped' | 'dropped' | 'low' }>;
export const isOfValues = (flag: Flag): flag is ValueFlag =>
	flag.kind === 'stopped' || flag.kind === 'dropped' || flag.kind === 'low';

/** A flag of values that are not permitted, or not likely. */
export const isOfWrong = (flag: Flag): flag is Extract<Flag, { kind: 'invalid' | 'implausible' }> =>
	flag.kind === 'invalid' || flag.kind === 'implausible';

/** A flag among those of all units. */
export const flagKey = ({ unit, id }: Pick<Flag, 'unit' | 'id'>) => `${unit}/${id}`;

/** Flags in the order in which they are told: what concerns most births first. */
export const byBirths = (a: Flag, b: Flag) => b.births - a.births || a.id.localeCompare(b.id);
