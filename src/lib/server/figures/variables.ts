import type { Scope } from '#lib/access/scope.ts';
import { change, type Change } from '#lib/measures/change.ts';
import { nothing, type Counts } from '#lib/measures/counts.ts';
import type { Figure } from '#lib/measures/figure.ts';
import { earlierPeriod } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { figureOf, trendsByVariable } from './completeness.ts';
import { nationCounts } from './nation.ts';

/** A variable of the whole nation in a period, beside the same months last year. */
export type NationVariable = {
	variable: string;
	counts: Counts;
	figure: Figure;
	change: Change | null;
	/** Share in each of the last twelve quarters; null where it cannot be told. */
	trend: (number | null)[];
};

/**
 * All variables of the nation in a view, in the order of the catalogue; those that would give single units away are
 * as if nothing were known of them.
 */
export async function nationVariables(
	scope: Scope,
	register: Register,
	{ period, asOf }: View
): Promise<NationVariable[]> {
	const [now, before, trends] = await Promise.all([
		nationCounts(scope, register, { period, asOf }),
		nationCounts(scope, register, { period: earlierPeriod(period, 1), asOf }),
		trendsByVariable(scope, register, { period, asOf })
	]);
	return register.definition.variables.map((v) => {
		const counts = now.get(v.id) ?? nothing;
		const figure = figureOf(v, counts);
		return {
			variable: v.id,
			counts,
			figure,
			change: change(figure, figureOf(v, before.get(v.id) ?? nothing)),
			trend: trends.get(v.id) ?? []
		};
	});
}
