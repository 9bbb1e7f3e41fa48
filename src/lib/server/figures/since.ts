import { z } from 'zod';
import { pool } from '#lib/measures/counts.ts';
import { figure } from '#lib/measures/figure.ts';
import { lowSince, type Finding } from '#lib/measures/finding.ts';
import { duePart } from '#lib/period/calendar.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { year, type Period } from '#lib/period/period.ts';
import type { Day } from '#lib/period/day.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { held, heldSql, monthSql } from './cells.ts';
import { figureOf } from './completeness.ts';
import type { UnitItems } from './unit-items.ts';

/**
 * A unit's findings with the month since which a variable has been low or a form has been missing, and the
 * figure from then on, looked for from the beginning of the year before the period.
 */
export async function withSince(
	register: Register,
	unit: string,
	view: View,
	found: Finding[],
	items: UnitItems
): Promise<Finding[]> {
	const period = {
		from: year(yearOf(view.period.from) - 1).from,
		to: (duePart(view.period, view.asOf) ?? view.period).to
	};
	const forms = found.some((f) => f.kind === 'formMissing')
		? await formsByMonth(register, { unit, asOf: view.asOf, period })
		: [];
	return found.map((finding) => {
		if (finding.kind === 'variable') {
			const variable = register.definition.byId.get(finding.variable);
			if (!variable || finding.earlier.share === null || finding.figure.share === null) return finding;
			const own = (items.get(variable.id) ?? []).filter(
				({ month }) => month >= period.from && month <= period.to
			);
			const month = lowSince(
				own.map((c) => ({ month: c.month, share: figureOf(variable, c.counts).share })),
				finding.earlier.share,
				finding.figure.share
			);
			if (month === null) return finding;
			const since = pool(own.filter((c) => c.month >= month).map((c) => c.counts));
			return { ...finding, since: { month, figure: figureOf(variable, since) } };
		}
		if (finding.kind !== 'formMissing' || finding.figure.share === null) return finding;
		const own = forms.filter((f) => f.form === finding.form && f.n_applicable > 0);
		const there = own.map((f) => ({ month: f.month, share: 1 - f.n_missing / f.n_applicable }));
		const month = lowSince(there, 1, 1 - finding.figure.share);
		// where it has been missing as long as we look back, no month began it
		if (month === null || month === own[0]?.month) return finding;
		const after = own.filter((f) => f.month >= month);
		const sum = (key: 'n_applicable' | 'n_missing') => after.reduce((total, f) => total + f[key], 0);
		const since = figure('formMissing', { nMissing: sum('n_missing'), nApplicable: sum('n_applicable') });
		return { ...finding, since: { month, figure: since } };
	});
}

const formMonth = z.object({
	form: z.string(),
	month: z.string(),
	n_applicable: z.int(),
	n_missing: z.int()
});

async function formsByMonth(
	{ db }: Register,
	{ unit, asOf, period }: { unit: string; asOf: Day; period: Period }
) {
	return db.rows(
		formMonth,
		`select form, ${monthSql()} as month, n_applicable, n_missing from cube_form
		where ${heldSql} and unit = $unit order by birth_month`,
		{ ...held(period, asOf), unit }
	);
}
