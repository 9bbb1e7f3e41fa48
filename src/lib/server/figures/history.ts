import { wholeNation } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { JudgedVariable, NationHistory, UnitHistory } from '#lib/measures/history.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { judgedMonths } from './judged-months.ts';
import { distributionOf, type UnitCells } from './unit-cells.ts';
import { activeThroughout, usualMonthly, volumes, type UnitVolume } from './volume.ts';

/**
 * What a view's flags are judged by: the cells of its units beside their volumes, of those that were active in
 * the period. Undefined while nothing of it is due.
 */
export async function nationHistory(
	register: Register,
	view: View,
	cells: ReadonlyMap<string, UnitCells>
): Promise<NationHistory | undefined> {
	const judged = judgedMonths(view);
	if (!judged) return undefined;
	const { definition } = register;
	const unitVolumes = await volumes(wholeNation, register, view);
	return {
		...judged,
		variables: definition.variables.map(demanded),
		units: unitVolumes.flatMap((v): UnitHistory[] => {
			const own = cells.get(v.unit);
			if (!own) return [];
			const missing = missingMonths(definition, v, own.births, judged.months);
			return [{ unit: v.unit, ...own, missingMonths: missing, volume: v.judged ? v.volume : null }];
		})
	};
}

const demanded = (v: Variable): JudgedVariable => ({
	id: v.id,
	form: v.form,
	target: v.completeness === 'tickbox' ? null : (v.target ?? null),
	kind: v.completeness === 'tickbox' ? 'ticks' : 'value',
	distribution: distributionOf(v)
});

/** The judged months in which a unit delivered and of which nothing came. */
function missingMonths(
	{ unitById }: Definition,
	volume: UnitVolume,
	births: Int32Array,
	months: readonly string[]
): UnitHistory['missingMonths'] {
	const unit = unitById.get(volume.unit);
	const { judged } = volume;
	if (!unit || !judged) return [];
	const expected = usualMonthly(unit, volume);
	return months.flatMap((month, at) =>
		month >= judged.from &&
		month <= judged.to &&
		births[at] === 0 &&
		activeThroughout(unit, { from: month, to: month })
			? [{ month, expected }]
			: []
	);
}
