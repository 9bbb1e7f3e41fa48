import { figure } from '#lib/measures/figure.ts';
import type { Flag, Since } from '#lib/measures/flag.ts';
import { changeDay, type DayCounts } from '#lib/measures/stop-day.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import { birthMonthOf, firstDay, lastDay, type Day } from '#lib/period/day.ts';
import { countByDaySql } from '#lib/server/cube/by-day.ts';
import type { Register } from '#lib/server/register/open.ts';

/** Months on either side of the one in which something began, whose days tell when. */
const around = 2;

type Begun = Extract<Flag, { since: unknown }> & { since: Since };

/**
 * The flags with the day since which something is so, where the births around it tell it: of the variables
 * and forms of which a month is known. Asked of the births themselves, in one question for all units.
 */
export async function withDays(register: Register, asOf: Day, flags: readonly Flag[]): Promise<Flag[]> {
	const begun = flags.filter(isBegun);
	if (begun.length === 0) return [...flags];
	const days = await countedDays(register, asOf, begun);
	return flags.map((flag) => {
		if (!isBegun(flag)) return flag;
		const { month } = flag.since;
		const [from, to] = [firstDay(addMonths(month, -around)), lastDay(addMonths(month, around))];
		const own = days(flag).filter(({ day }) => day >= from && day <= to);
		const found = changeDay(own);
		return found ? { ...flag, since: sinceDay(flag.since, found.day, own) } : flag;
	});
}

const isBegun = (flag: Flag): flag is Begun =>
	(flag.kind === 'stopped' || flag.kind === 'dropped' || flag.kind === 'formMissing') && flag.since !== null;

/** Since a day: the figure from its month on, without the days before it, or with those that it lies before. */
function sinceDay({ month, figure: told }: Since, day: Day, days: readonly DayCounts[]): Since {
	const start = firstDay(month);
	const sum = (from: Day, to: Day) => {
		const between = days.filter((each) => each.day >= from && each.day < to);
		const applicable = between.reduce((total, each) => total + each.applicable, 0);
		const recorded = between.reduce((total, each) => total + each.recorded, 0);
		return { applicable, recorded };
	};
	const sign = day < start ? 1 : -1;
	const moved = day < start ? sum(day, start) : sum(start, day);
	const part = told.measure === 'formMissing' ? moved.applicable - moved.recorded : moved.recorded;
	const numerator = told.numerator + sign * part;
	const denominator = told.denominator + sign * moved.applicable;
	const moving =
		told.measure === 'formMissing'
			? figure('formMissing', { nMissing: numerator, nApplicable: denominator })
			: figure('completeness', { nRecorded: numerator, nApplicable: denominator });
	return { month: birthMonthOf(day), day, figure: moving };
}

async function countedDays({ db, definition }: Register, asOf: Day, flags: readonly Begun[]) {
	const months = flags.map(({ since }) => since.month).toSorted();
	const ids = [...new Set(flags.flatMap((f) => ('variable' in f ? [f.variable] : [])))];
	const variables = ids.flatMap((id) => definition.byId.get(id) ?? []);
	const forms = [...new Set(flags.flatMap((f) => ('form' in f ? [f.form] : [])))];
	const span = {
		units: [...new Set(flags.map(({ unit }) => unit))],
		from: firstDay(addMonths(months[0] ?? '', -around)),
		to: lastDay(addMonths(months.at(-1) ?? '', around))
	};
	const counts = [
		...variables.flatMap((_, place) => [`a${place}`, `r${place}`]),
		...forms.flatMap((_, place) => [`g${place}`, `f${place}`])
	];
	const shape: Record<string, 'text' | 'integer'> = { unit: 'text', day: 'text' };
	for (const column of counts) shape[column] = 'integer';
	const found = await db.columns(shape, countByDaySql(definition, span, variables, forms), { asOf });
	const column = (name: string) => found[name] as unknown as Int32Array;
	const text = (name: string) => found[name] as unknown as string[];
	return (flag: Begun): DayCounts[] => {
		const place = 'variable' in flag ? variables.findIndex((v) => v.id === flag.variable) : -1;
		const form = 'form' in flag ? forms.indexOf(flag.form) : -1;
		const [all, some] =
			form < 0 ? [column(`a${place}`), column(`r${place}`)] : [column(`g${form}`), column(`f${form}`)];
		return text('unit').flatMap((unit, row) => {
			if (unit !== flag.unit) return [];
			const applicable = all[row] ?? 0;
			const counted = some[row] ?? 0;
			return [
				{ day: text('day')[row] ?? '', applicable, recorded: form < 0 ? counted : applicable - counted }
			];
		});
	};
}
