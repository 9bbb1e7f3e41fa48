import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import { literal } from '#lib/catalogue/sql.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import type { Register } from '#lib/server/register/open.ts';
import { held, heldSql } from './cells.ts';
import { poolableFor } from './nation.ts';

/** How many births (or deliveries) lack a form altogether. */
export type FormFigure = { form: string; figure: Figure };

/**
 * The forms of some units together, or of the nation without any, in the register's order; of the nation only those
 * that give no single unit away. Undefined outside the scope.
 */
export async function formsMissing(
	scope: Scope,
	register: Register,
	{ units, period, asOf }: { units?: readonly string[]; period: Period; asOf: Day }
): Promise<FormFigure[] | undefined> {
	if (units && !units.every((unit) => maySee(scope, unit))) return undefined;
	const found = await register.db.rows(
		z.object({ form: z.string(), units: z.int(), nApplicable: z.int(), nMissing: z.int() }),
		`select form, count(distinct case when n_applicable > 0 then unit end)::integer as units,
			sum(n_applicable)::integer as "nApplicable", sum(n_missing)::integer as "nMissing"
		from cube_form where ${heldSql} ${units ? `and unit in (${units.map(literal).join(', ')})` : ''} group by form`,
		held(period, asOf)
	);
	const poolable = await poolableFor(scope, register);
	return register.definition.register.forms.flatMap(({ id }) => {
		const counted = found.find((f) => f.form === id) ?? { nApplicable: 0, nMissing: 0, units: 0 };
		if (!units && !poolable(counted.units)) return [];
		const { nMissing, nApplicable } = counted;
		return [{ form: id, figure: figure('formMissing', { nMissing, nApplicable }) }];
	});
}
