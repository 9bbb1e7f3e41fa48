import { addMonths, yearOf } from '#lib/period/birth-month.ts';
import { addDays, birthMonthOf, daysBetween, firstDay, lastDay, type Day } from '#lib/period/day.ts';

/**
 * What can be planted, and what `size` means for it: a share of births, but for `late`.
 *
 * - `variableStops`, `variableDrops`: births that lose the variable (nearly all; some)
 * - `formMissing`: births that lose the form
 * - `unknown`: births whose value becomes the code for "asked, not known"
 * - `oneCode`: births whose value becomes the variable's first code
 * - `rounded`: births whose number is rounded to hundreds
 * - `kilograms`: births whose weight in grams is written in kilograms
 * - `swapped`: births whose mother's height and weight have changed places
 * - `invalidIdentity`: births whose number has a wrong check digit
 * - `notSent`: births that are not sent
 * - `lowVolume`: births that are not sent (some)
 * - `late`: days that files come later than the unit's habit
 * - `sentAgain`: the part of the file before that is sent once more, unchanged
 * - `closed`, `paused`: as units.csv has it; nothing is done
 */
export type FaultKind =
	| 'variableStops'
	| 'variableDrops'
	| 'formMissing'
	| 'unknown'
	| 'oneCode'
	| 'rounded'
	| 'kilograms'
	| 'swapped'
	| 'invalidIdentity'
	| 'notSent'
	| 'lowVolume'
	| 'late'
	| 'sentAgain'
	| 'closed'
	| 'paused';

/** Something wrong in one unit, from a day of birth on (of receipt for `sentAgain`), until a day or until now. */
export type Fault = {
	kind: FaultKind;
	unit: string;
	variable?: string;
	form?: string;
	from: Day;
	to?: Day;
	size: number;
	/** The day on which a file of this one variable brings what was lost. */
	mended?: Day;
	/** What a reader should see. */
	seen: string;
};

/** The faults of the demo, in days relative to today: old enough to be seen, within the monthly files. */
export function demoFaults(today: Day): Fault[] {
	const monthsAgo = (count: number) => addMonths(birthMonthOf(today), -count);
	const since = (count: number) => firstDay(monthsAgo(count));
	const latest = (monthAndDay: string) => {
		const day = `${yearOf(birthMonthOf(today))}-${monthAndDay}`;
		const old = daysBetween(day, today) >= 75;
		return old ? day : `${yearOf(birthMonthOf(today)) - 1}-${monthAndDay}`;
	};
	const missed = monthsAgo(4);
	return [
		{
			kind: 'variableStops',
			unit: 'sodersjukhuset',
			variable: 'APGAR5',
			from: latest('04-12'),
			size: 0.985,
			seen: 'Apgar at 5 minutes is blank for nearly every child from that day on'
		},
		{
			kind: 'variableStops',
			unit: 'orebro',
			variable: 'MVIKT',
			from: addDays(since(3), 9),
			size: 0.99,
			seen: "The mother's weight at enrolment is blank for nearly every mother from that day on"
		},
		{
			kind: 'variableStops',
			unit: 'falun',
			variable: 'LUSTGAS',
			from: addDays(since(5), 14),
			size: 1,
			seen: 'The box for nitrous oxide, before ticked for most, is never ticked from that day on'
		},
		{
			kind: 'variableDrops',
			unit: 'huddinge',
			variable: 'ROK2',
			from: since(8),
			size: 0.3,
			seen: 'Smoking in weeks 30–32 is missing for a third more mothers than before'
		},
		{
			kind: 'variableStops',
			unit: 'skovde',
			variable: 'SNUS1',
			from: since(9),
			to: lastDay(monthsAgo(7)),
			size: 0.98,
			mended: addDays(since(4), 18),
			seen: 'Snus at enrolment was missing for three months until a file of that one variable brought it: seen as of earlier days only'
		},
		{
			kind: 'formMissing',
			unit: 'gavle',
			form: 'MHV2',
			from: since(7),
			size: 0.98,
			seen: 'The form MHV2 is missing for nearly every delivery from that month on'
		},
		{
			kind: 'unknown',
			unit: 'vasteras',
			variable: 'UPPFOD',
			from: addDays(since(5), 6),
			to: addDays(since(5), 75),
			size: 0.65,
			seen: 'Feeding at discharge is "unknown" for most children during ten weeks'
		},
		{
			kind: 'oneCode',
			unit: 'lund',
			variable: 'BJUDNING',
			from: since(6),
			size: 1,
			seen: 'Presentation has one code for every child from that month on, so that no breech birth is left'
		},
		{
			kind: 'rounded',
			unit: 'sunderby',
			variable: 'BVIKT',
			from: since(8),
			size: 0.9,
			seen: 'Birth weights end in 00 for most children from that month on'
		},
		{
			kind: 'kilograms',
			unit: 'karlstad',
			variable: 'BVIKT',
			from: addDays(since(4), 4),
			to: addDays(since(4), 38),
			size: 0.95,
			seen: 'Birth weight is invalid for nearly every child during five weeks: kilograms instead of grams'
		},
		{
			kind: 'swapped',
			unit: 'ystad',
			variable: 'MLANGD',
			from: addDays(since(5), 10),
			to: addDays(since(5), 51),
			size: 0.9,
			seen: "The mother's height is invalid and her weight too high during six weeks: the two are swapped"
		},
		{
			kind: 'invalidIdentity',
			unit: 'malmo',
			variable: 'MPNR',
			from: addDays(since(6), 2),
			to: addDays(since(6), 57),
			size: 0.2,
			seen: "One mother's identity number in five is invalid during eight weeks"
		},
		{
			kind: 'notSent',
			unit: 'eskilstuna',
			from: firstDay(missed),
			to: lastDay(missed),
			size: 1,
			seen: 'A month without any birth, though the months around it are there'
		},
		{
			kind: 'notSent',
			unit: 'gallivare',
			from: since(4),
			size: 1,
			seen: 'Nothing has come since that month: the unit does not report'
		},
		{
			kind: 'lowVolume',
			unit: 'norrkoping',
			from: since(7),
			size: 1 / 3,
			seen: 'A third fewer births than expected from that month on'
		},
		{
			kind: 'late',
			unit: 'helsingborg',
			from: since(8),
			size: 38,
			seen: 'Births come five to six weeks later than before: few are in time'
		},
		{
			kind: 'sentAgain',
			unit: 'jonkoping',
			from: addDays(since(2), 19),
			size: 0.5,
			seen: 'A receipt in which every row is unchanged: half of the file before, sent once more'
		},
		{
			kind: 'closed',
			unit: 'solleftea',
			from: '2017-02-01',
			size: 1,
			seen: 'No births, and none are missing: the unit is closed'
		},
		{
			kind: 'paused',
			unit: 'lycksele',
			from: '2022-12-23',
			to: '2024-02-18',
			size: 1,
			seen: 'No births in these months, and none are missing: the unit paused'
		}
	];
}

/** The units of a small demo: as many faults as six units can show. */
export const smallDemoUnits = ['sodersjukhuset', 'eskilstuna', 'norrkoping', 'karlstad', 'gavle', 'lycksele'];
