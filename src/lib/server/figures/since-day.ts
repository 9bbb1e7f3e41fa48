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
	const days = await daysAround(register, asOf, begun);
	return flags.map((flag) => {
		if (!isBegun(flag)) return flag;
		const own = days(flag);
		const found = changeDay(own);
		return found ? { ...flag, since: sinceDay(flag.since, found.day, own) } : flag;
	});
}

/** A day's births of a unit to which a variable or form applies, and those that have it: what a flag's first day is told by. */
export type FlagDay = DayCounts & { unit: string; subject: string };

/** The counts by day that tell since which day flags are so: what a frozen register has in place of births. */
export async function flagDays(register: Register, asOf: Day, flags: readonly Flag[]): Promise<FlagDay[]> {
	const begun = flags.filter(isBegun);
	if (begun.length === 0) return [];
	const days = await daysAround(register, asOf, begun);
	const found = new Map<string, FlagDay>();
	for (const flag of begun) {
		const { unit } = flag;
		const subject = subjectKey(flag);
		for (const each of days(flag)) found.set(`${unit} ${subject} ${each.day}`, { unit, subject, ...each });
	}
	return [...found.values()];
}

/** A variable and a form may be called the same. */
const subjectKey = (flag: Begun) => ('form' in flag ? `form ${flag.form}` : `variable ${flag.variable}`);

type DaysOf = (flag: Begun) => DayCounts[];

/** The counts by day around the month in which each flag began. */
async function daysAround(register: Register, asOf: Day, flags: readonly Begun[]): Promise<DaysOf> {
	const days = register.frozenDays
		? await keptDays(register, register.frozenDays, asOf)
		: await countedDays(register, asOf, flags);
	return (flag) => {
		const { month } = flag.since;
		const [from, to] = [firstDay(addMonths(month, -around)), lastDay(addMonths(month, around))];
		return days(flag).filter(({ day }) => day >= from && day <= to);
	};
}

/** The counts that were kept when the register was frozen. Throws for a day as of which nothing was. */
async function keptDays({ db }: Register, frozen: ReadonlySet<Day>, asOf: Day): Promise<DaysOf> {
	if (!frozen.has(asOf)) throw new RangeError(`Nothing was frozen of how it stood on ${asOf}.`);
	const found = await db.columns(
		{ unit: 'text', subject: 'text', day: 'text', applicable: 'integer', recorded: 'integer' },
		`select unit, subject, day::varchar as day, applicable, recorded from frozen_day
		where as_of = $asOf::varchar::date order by unit, subject, frozen_day.day`,
		{ asOf }
	);
	const bySubject = new Map<string, DayCounts[]>();
	found.day.forEach((day, row) => {
		const key = `${found.unit[row]} ${found.subject[row]}`;
		const counts = { day, applicable: found.applicable[row] ?? 0, recorded: found.recorded[row] ?? 0 };
		const own = bySubject.get(key);
		if (own) own.push(counts);
		else bySubject.set(key, [counts]);
	});
	return (flag) => bySubject.get(`${flag.unit} ${subjectKey(flag)}`) ?? [];
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

async function countedDays(
	{ db, definition }: Register,
	asOf: Day,
	flags: readonly Begun[]
): Promise<DaysOf> {
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
	return (flag) => {
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
