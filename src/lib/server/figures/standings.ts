import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Register } from '#lib/server/register/open.ts';
import { findings, type Finding } from '#lib/measures/finding.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import { nothing } from '#lib/measures/counts.ts';
import { duePart } from '#lib/period/calendar.ts';
import { earlierPeriod, monthsOf } from '#lib/period/period.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { year } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import { z } from 'zod';
import { activeThroughout, volumes, type UnitVolume } from './volume.ts';
import { birthCells, countsByUnit, held, heldSql } from './cells.ts';
import { judgedVariable } from './completeness.ts';

/** A unit with its volume, what stands out, when it last reported, and until which month it has reported. */
export type UnitStanding = UnitVolume & {
	findings: Finding[];
	/** Months of the year in which the period ends: births, or null where the unit was not active or the month has not begun. */
	months: { month: string; births: number | null; due: boolean }[];
	timeliness: Figure;
	/** How many variables miss their target, of how many that have one and could be told. */
	missed: number;
	judgedVariables: number;
};

const formKey = (unit: string, form: string) => `${unit}/${form}`;
const itemKey = (unit: string, variable: string) => `${unit}/${variable}`;

/**
 * How every unit of the scope stands in a period: volume, timeliness, forms and variables judged as far as
 * the period is due, and what stands out. Units that were not active in the period are left out.
 */
export async function standings(scope: Scope, register: Register, view: View): Promise<UnitStanding[]> {
	const { db, definition } = register;
	const due = duePart(view.period, view.asOf) ?? view.period;
	const wholeYear = year(yearOf(view.period.to));
	const [unitVolumes, cells, yearCells, items, earlierItems, forms] = await Promise.all([
		volumes(scope, register, view),
		birthCells(db, { period: due, asOf: view.asOf }),
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
	const now = new Map(items.map((i) => [itemKey(i.unit, i.variable), i.counts]));
	const before = new Map(earlierItems.map((i) => [itemKey(i.unit, i.variable), i.counts]));
	const formOf = new Map(forms.map((f) => [formKey(f.unit, f.form), f]));
	const birthsOf = new Map(yearCells.map((c) => [itemKey(c.unit, c.month), c.births]));

	return unitVolumes.flatMap((v) => {
		const unit = definition.unitById.get(v.unit);
		if (!unit || !maySee(scope, unit.id)) return [];
		const own = cells.filter((c) => c.unit === unit.id);
		const sum = (key: 'births' | 'onTime') => own.reduce((total, cell) => total + cell[key], 0);
		const timeliness = figure(
			'timeliness',
			{ onTime: sum('onTime'), birthsDue: sum('births') },
			{ due: v.judged !== null }
		);
		const months = monthsOf(wholeYear).map((month) => {
			const active = activeThroughout(unit, { from: month, to: month });
			const begun = `${month}-01` <= view.asOf;
			return {
				month,
				births: active && begun ? (birthsOf.get(itemKey(unit.id, month)) ?? 0) : null,
				due: v.judged !== null && month <= due.to
			};
		});
		const expectedMonthly = (v.volume.expected ?? unit.births_per_year / 12) / monthsOf(due).length;
		const variables = definition.variables.map((variable) =>
			judgedVariable(
				variable,
				now.get(itemKey(unit.id, variable.id)) ?? nothing,
				before.get(itemKey(unit.id, variable.id)) ?? nothing
			)
		);
		const judgedVariables = variables.filter((x) => x.target !== null && x.figure.share !== null);
		return [
			{
				...v,
				months,
				timeliness,
				missed: judgedVariables.filter((x) => x.figure.status === 'missed').length,
				judgedVariables: judgedVariables.length,
				findings: v.judged
					? findings({
							missingMonths: months
								.filter((m) => m.due && m.births === 0 && m.month >= due.from)
								.map((m) => ({ month: m.month, expected: expectedMonthly })),
							volume: v.volume,
							forms: definition.register.forms.map(({ id }) => {
								const { nApplicable, nMissing } = formOf.get(formKey(unit.id, id)) ?? {
									nApplicable: 0,
									nMissing: 0
								};
								return { form: id, figure: figure('formMissing', { nMissing, nApplicable }) };
							}),
							variables,
							timeliness
						})
					: []
			}
		];
	});
}
