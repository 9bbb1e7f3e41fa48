import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { duePart } from '#lib/period/calendar.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { unitCompleteness, type VariableFigure } from './completeness.ts';
import { unitFlags } from './flags.ts';
import { formsMissing, type FormFigure } from './forms.ts';
import { receiptDays, timelinessOf, type Timeliness } from './timeliness.ts';
import { volumeMonths, volumes, type UnitVolume, type VolumeMonth } from './volume.ts';

/** Everything that a unit's page and its feedback report say. */
export type UnitFigures = {
	unit: Unit;
	view: View;
	/** Volume as the view compares, and by the other basis, for the report. */
	volume: UnitVolume | null;
	months: VolumeMonth[];
	timeliness: Timeliness;
	forms: FormFigure[];
	variables: VariableFigure[];
	flags: Flag[];
};

/** The figures of one unit in a view; undefined where there is no such unit or it is outside the scope. */
export async function unitFigures(
	scope: Scope,
	register: Register,
	id: string,
	view: View
): Promise<UnitFigures | undefined> {
	const unit = register.definition.unitById.get(id);
	if (!unit || !maySee(scope, id)) return undefined;
	const q = { unit: id, period: view.period, asOf: view.asOf };
	const [all, months, days, forms, complete, flags] = await Promise.all([
		volumes(scope, register, view),
		volumeMonths(scope, register, { ...q, years: view.years }),
		receiptDays(register, q),
		formsMissing(scope, register, { units: [id], period: view.period, asOf: view.asOf }),
		unitCompleteness(scope, register, q),
		unitFlags(scope, register, id, view)
	]);
	if (!months || !forms || !complete || !flags) return undefined;
	const volume = all.find((v) => v.unit === id) ?? null;
	const births = volume?.judged
		? { births: volume.volume.observed, onTime: volume.onTime }
		: { births: 0, onTime: 0 };
	const punctual = timelinessOf(births, duePart(view.period, view.asOf) !== undefined, days);
	return {
		unit,
		view,
		volume,
		months,
		timeliness: punctual,
		forms,
		variables: complete.variables,
		flags
	};
}
