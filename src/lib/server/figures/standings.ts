import { maySee, wholeNation, type Scope } from '#lib/access/scope.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { nothing, type Counts } from '#lib/measures/counts.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { measures } from '#lib/measures/measures.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { duePart, isDue } from '#lib/period/calendar.ts';
import { monthsOf, year } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, countsByUnit } from './cells.ts';
import { flagsOf } from './flags.ts';
import { remembered } from './remembered.ts';
import { activeThroughout, volumes, type UnitVolume } from './volume.ts';

/** A unit with its volume, what stands out, when it last reported, and until which month it has reported. */
export type UnitStanding = UnitVolume & {
	flags: Flag[];
	/** Months of the year in which the period ends: births, or null where the unit was not active or the month has not begun. */
	months: { month: string; births: number | null; due: boolean }[];
	timeliness: Figure;
	/** How many variables miss their target, of how many that have one and could be told. */
	missed: number;
	judgedVariables: number;
	/** The share of every variable in the order of the catalogue; null where it cannot be told. */
	shares: (number | null)[];
};

/** The same share as `figureOf` gives, without its interval, which is for few. */
function shareOf(v: Variable, { nApplicable, nRecorded, nUnknown }: Counts): number | null {
	if (nApplicable < measures.completeness.minDenominator) return null;
	return (nRecorded + (v.unknownCounts ? nUnknown : 0)) / nApplicable;
}

type ByVariable = Map<string, Counts>;

/** The counts of each unit by variable. */
function grouped(
	items: readonly { unit: string; variable: string; counts: Counts }[]
): Map<string, ByVariable> {
	const units = new Map<string, ByVariable>();
	for (const { unit, variable, counts } of items) {
		let own = units.get(unit);
		if (!own) units.set(unit, (own = new Map()));
		own.set(variable, counts);
	}
	return units;
}

/**
 * How every unit of the scope stands in a period: volume, timeliness, forms and variables judged as far as
 * the period is due, and what stands out. Units that were not active in the period are left out.
 */
export async function standings(scope: Scope, register: Register, view: View): Promise<UnitStanding[]> {
	const all = await remembered(register, ['standings', view], () => askStandings(register, view));
	return all.filter(({ unit }) => maySee(scope, unit));
}

async function askStandings(register: Register, view: View): Promise<UnitStanding[]> {
	const { db, definition } = register;
	const due = duePart(view.period, view.asOf) ?? view.period;
	const wholeYear = year(yearOf(view.period.to));
	const [unitVolumes, cells, items, flags] = await Promise.all([
		volumes(wholeNation, register, view),
		birthCells(db, { period: wholeYear, asOf: view.asOf }),
		countsByUnit(db, { period: due, asOf: view.asOf }),
		flagsOf(wholeNation, register, view)
	]);
	const now = grouped(items);
	const none: ByVariable = new Map();
	const birthsOf = new Map(cells.map((c) => [`${c.unit}/${c.month}`, c.births]));
	return unitVolumes.flatMap((v) => {
		const unit = definition.unitById.get(v.unit);
		if (!unit) return [];
		const timeliness = figure(
			'timeliness',
			{ onTime: v.onTime, birthsDue: v.judged ? v.volume.observed : v.births },
			{ due: v.judged !== null }
		);
		const months = monthsOf(wholeYear).map((month) => {
			const active = activeThroughout(unit, { from: month, to: month });
			const begun = `${month}-01` <= view.asOf;
			return {
				month,
				births: active && begun ? (birthsOf.get(`${unit.id}/${month}`) ?? 0) : null,
				due: v.judged !== null && isDue(month, view.asOf)
			};
		});
		const own = now.get(unit.id) ?? none;
		const shares = definition.variables.map((each) => shareOf(each, own.get(each.id) ?? nothing));
		const judged = definition.variables.flatMap(({ target }, at) => {
			const share = shares[at] ?? null;
			return target === undefined || share === null ? [] : [share >= target];
		});
		return [
			{
				...v,
				months,
				timeliness,
				shares,
				missed: judged.filter((met) => !met).length,
				judgedVariables: judged.length,
				flags: flags.filter((flag) => flag.unit === unit.id)
			}
		];
	});
}
