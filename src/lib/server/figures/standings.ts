import { z } from 'zod';
import { maySee, wholeNation, type Scope } from '#lib/access/scope.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { nothing, type Counts } from '#lib/measures/counts.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import { findings, mayStandOut, type Finding, type JudgedVariable } from '#lib/measures/finding.ts';
import { measures } from '#lib/measures/measures.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { duePart, isDue } from '#lib/period/calendar.ts';
import { earlierPeriod, monthsOf, year } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, countsByUnit, held, heldSql } from './cells.ts';
import { judgedVariable } from './completeness.ts';
import { remembered } from './remembered.ts';
import { activeThroughout, usualMonthly, volumes, type UnitVolume } from './volume.ts';

/** A unit with its volume, what stands out, when it last reported, and until which month it has reported. */
export type UnitStanding = UnitVolume & {
	findings: Finding[];
	/** Months of the year in which the period ends: births, or null where the unit was not active or the month has not begun. */
	months: { month: string; births: number | null; due: boolean }[];
	timeliness: Figure;
	/** How many variables miss their target, of how many that have one and could be told. */
	missed: number;
	judgedVariables: number;
	/** The share of every variable in the order of the catalogue; null where it cannot be told. */
	shares: (number | null)[];
};

/** The same share as `figureOf` gives, and those of wrong values: without the intervals, which are for few. */
function sharesOf(v: Variable, now: Counts, before: Counts) {
	const least = measures.completeness.minDenominator;
	const share = ({ nApplicable, nRecorded, nUnknown }: Counts) =>
		nApplicable < least ? null : (nRecorded + (v.unknownCounts ? nUnknown : 0)) / nApplicable;
	const part = (n: number, of: number) => (of < least ? 0 : n / of);
	return {
		share: share(now),
		earlier: share(before),
		target: v.target ?? null,
		invalid: part(now.nInvalid, now.nApplicable),
		implausible: part(now.nImplausible, now.nRecorded)
	};
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
	const [unitVolumes, cells, items, earlierItems, forms] = await Promise.all([
		volumes(wholeNation, register, view),
		birthCells(db, { period: wholeYear, asOf: view.asOf }),
		countsByUnit(db, { period: due, asOf: view.asOf }),
		countsByUnit(db, { period: earlierPeriod(due, 1), asOf: view.asOf }),
		db.rows(
			z.object({ unit: z.string(), form: z.string(), nApplicable: z.int(), nMissing: z.int() }),
			`select unit, form, sum(n_applicable)::integer as "nApplicable", sum(n_missing)::integer as "nMissing"
			from cube_form where ${heldSql} group by unit, form`,
			held(due, view.asOf)
		)
	]);
	const now = grouped(items);
	const before = grouped(earlierItems);
	const none: ByVariable = new Map();
	const birthsOf = new Map(cells.map((c) => [`${c.unit}/${c.month}`, c.births]));
	const formFigure = (unit: string, form: string) => {
		const found = forms.find((f) => f.unit === unit && f.form === form);
		const { nApplicable, nMissing } = found ?? { nApplicable: 0, nMissing: 0 };
		return { form, figure: figure('formMissing', { nMissing, nApplicable }) };
	};

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
		const shares: (number | null)[] = [];
		const variables: JudgedVariable[] = [];
		const [own, ownBefore] = [now.get(unit.id) ?? none, before.get(unit.id) ?? none];
		for (const variable of definition.variables) {
			const counts = own.get(variable.id) ?? nothing;
			const earlier = ownBefore.get(variable.id) ?? nothing;
			const told = sharesOf(variable, counts, earlier);
			shares.push(told.share);
			if (mayStandOut(told)) variables.push(judgedVariable(variable, counts, earlier));
		}
		const judged = definition.variables.flatMap(({ target }, at) => {
			const share = shares[at] ?? null;
			return target === undefined || share === null ? [] : [share >= target];
		});
		const expectedMonthly = usualMonthly(unit, v);
		return [
			{
				...v,
				months,
				timeliness,
				shares,
				missed: judged.filter((met) => !met).length,
				judgedVariables: judged.length,
				findings: v.judged
					? findings({
							missingMonths: months
								.filter((m) => m.births === 0 && m.month >= due.from && m.month <= due.to)
								.map((m) => ({ month: m.month, expected: expectedMonthly })),
							volume: v.volume,
							forms: definition.register.forms.map(({ id }) => formFigure(unit.id, id)),
							variables,
							timeliness
						})
					: []
			}
		];
	});
}
