import { literal } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { hasDistribution } from '#lib/catalogue/variable.ts';
import type {
	CodeCounts,
	FormHistory,
	ItemHistory,
	JudgedVariable,
	UnitHistory
} from '#lib/measures/history.ts';
import { isDue } from '#lib/period/calendar.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { held, heldSql } from './cells.ts';
import { judgedMonths } from './judged-months.ts';

/** The months asked for, as they stood on a day. */
type Asked = { months: readonly string[]; judgedFrom: number; asOf: Day; units: readonly string[] };

/** What the cubes hold of a unit. */
export type UnitCells = Pick<UnitHistory, 'births' | 'onTime' | 'items' | 'forms' | 'codes'>;

/** The cells of some units that a view's flags are judged by; none while nothing of it is due. */
export async function cellsOfUnits(
	register: Register,
	view: View,
	units: readonly string[]
): Promise<Map<string, UnitCells>> {
	const judged = judgedMonths(view);
	if (!judged || units.length === 0) return new Map();
	const asked: Asked = { ...judged, asOf: view.asOf, units };
	const [births, items, forms, codes] = await Promise.all([
		birthsByMonth(register, asked),
		itemsByMonth(register, asked),
		formsByMonth(register, asked),
		codeCounts(register, asked)
	]);
	const none = new Int32Array(judged.months.length);
	return new Map(
		units.map((unit) => [
			unit,
			{
				...(births.get(unit) ?? { births: none, onTime: none }),
				items: items.get(unit) ?? new Map(),
				forms: forms.get(unit) ?? new Map(),
				codes: codes.get(unit) ?? new Map()
			}
		])
	);
}

/** How the values of a variable are counted one by one, if they are. */
export const distributionOf = (v: Variable): JudgedVariable['distribution'] => {
	if (!hasDistribution(v) || v.completeness === 'tickbox') return null;
	if (v.distribution === 'lastDigit') return 'lastDigits';
	return v.codes ? 'codes' : 'numbers';
};

const span = ({ months }: Asked): Period => ({ from: months[0] ?? '', to: months.at(-1) ?? '' });

/** Names as their places in a list: a number for each row of an answer costs far less than a text. */
const places = (name: string, ids: readonly string[]) =>
	`(values ${ids.map((id, place) => `(${literal(id)}, ${place})`).join(', ')}) as ${name}s(${name}, ${name}_place)`;

const monthPlace = `date_diff('month', $from::date, birth_month)::integer as month`;

/** The rows of a cube that held on the day, of the units that are asked of, each with its unit's place. */
const fromCube = (cube: string, { units }: Asked) =>
	`(select * from ${cube} where ${heldSql}) join ${places('unit', units)} using (unit)`;

/** The map at a key, made when it is first asked for. */
function at<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
	const found = map.get(key);
	if (found !== undefined) return found;
	const made = make();
	map.set(key, made);
	return made;
}

async function birthsByMonth(register: Register, asked: Asked) {
	const ids = asked.units;
	const found = await register.db.columns(
		{ unit: 'integer', month: 'integer', births: 'integer', on_time: 'integer' },
		`select unit_place as unit, ${monthPlace}, births, on_time from ${fromCube('cube_birth', asked)}`,
		held(span(asked), asked.asOf)
	);
	const { months } = asked;
	const units = new Map<string, { births: Int32Array; onTime: Int32Array }>();
	for (let row = 0; row < found.length; row++) {
		const month = found.month[row] ?? 0;
		const own = at(units, ids[found.unit[row] ?? 0] ?? '', () => ({
			births: new Int32Array(months.length),
			onTime: new Int32Array(months.length)
		}));
		// what is not due yet may still come, and come in time
		if (!isDue(months[month] ?? '', asked.asOf)) continue;
		own.births[month] = found.births[row] ?? 0;
		own.onTime[month] = found.on_time[row] ?? 0;
	}
	return units;
}

async function itemsByMonth(register: Register, asked: Asked) {
	const { definition } = register;
	const ids = asked.units;
	const variables = definition.variables.map((v) => v.id);
	const counting = definition.variables.map((v) => v.unknownCounts);
	const found = await register.db.columns(
		{
			unit: 'integer',
			variable: 'integer',
			month: 'integer',
			n_applicable: 'integer',
			n_recorded: 'integer',
			n_unknown: 'integer',
			n_invalid: 'integer',
			n_implausible: 'integer'
		},
		`select unit_place as unit, variable_place as variable, ${monthPlace},
			n_applicable, n_recorded, n_unknown, n_invalid, n_implausible
		from ${fromCube('cube_item', asked)} join ${places('variable', variables)} using (variable)
		where n_applicable > 0`,
		held(span(asked), asked.asOf)
	);
	const length = asked.months.length;
	const units = new Map<string, Map<string, ItemHistory>>();
	for (let row = 0; row < found.length; row++) {
		const place = found.variable[row] ?? 0;
		const own = at(units, ids[found.unit[row] ?? 0] ?? '', () => new Map<string, ItemHistory>());
		const item = at(own, variables[place] ?? '', () => ({
			applicable: new Int32Array(length),
			recorded: new Int32Array(length),
			invalid: new Int32Array(length),
			implausible: new Int32Array(length)
		}));
		const month = found.month[row] ?? 0;
		item.applicable[month] = found.n_applicable[row] ?? 0;
		item.recorded[month] = (found.n_recorded[row] ?? 0) + (counting[place] ? (found.n_unknown[row] ?? 0) : 0);
		item.invalid[month] = found.n_invalid[row] ?? 0;
		item.implausible[month] = found.n_implausible[row] ?? 0;
	}
	return units;
}

async function formsByMonth(register: Register, asked: Asked) {
	const ids = asked.units;
	const forms = register.definition.register.forms.map((f) => f.id);
	const found = await register.db.columns(
		{
			unit: 'integer',
			form: 'integer',
			month: 'integer',
			n_applicable: 'integer',
			n_missing: 'integer'
		},
		`select unit_place as unit, form_place as form, ${monthPlace}, n_applicable, n_missing
		from ${fromCube('cube_form', asked)} join ${places('form', forms)} using (form)`,
		held(span(asked), asked.asOf)
	);
	const length = asked.months.length;
	const units = new Map<string, Map<string, FormHistory>>();
	for (let row = 0; row < found.length; row++) {
		const own = at(units, ids[found.unit[row] ?? 0] ?? '', () => new Map<string, FormHistory>());
		const form = at(own, forms[found.form[row] ?? 0] ?? '', () => ({
			applicable: new Int32Array(length),
			missing: new Int32Array(length)
		}));
		const month = found.month[row] ?? 0;
		form.applicable[month] = found.n_applicable[row] ?? 0;
		form.missing[month] = found.n_missing[row] ?? 0;
	}
	return units;
}

/** So many months that are due, and what has come since, tell how a variable is answered now. */
const recentMonths = 3;
/** And so many before the period how it was answered before. */
const monthsOfBefore = 12;

/** Codes and numbers in the latest of the judged months, and in the year before the period. */
async function codeCounts(register: Register, asked: Asked) {
	const { months, judgedFrom, asOf } = asked;
	const ids = asked.units;
	const judged = register.definition.variables.filter((v) => distributionOf(v) !== null);
	const variables = judged.map((v) => v.id);
	const lastDue = months.findLastIndex((month) => isDue(month, asOf));
	const day = (place: number) => `${months[Math.max(0, place)]}-01`;
	const found = await register.db.columns(
		{ unit: 'integer', variable: 'integer', code: 'text', now: 'integer', before: 'integer' },
		`select unit_place as unit, variable_place as variable, code,
			coalesce(sum(n) filter (birth_month >= $recent::varchar::date), 0)::integer as now,
			coalesce(sum(n) filter (birth_month < $judged::varchar::date), 0)::integer as before
		from ${fromCube('cube_code', asked)} join ${places('variable', variables)} using (variable)
		group by all`,
		{
			...held(
				{ from: months[Math.max(0, judgedFrom - monthsOfBefore)] ?? '', to: months.at(-1) ?? '' },
				asOf
			),
			judged: day(judgedFrom),
			recent: day(Math.max(judgedFrom, lastDue - recentMonths + 1))
		}
	);
	const units = new Map<string, Map<string, Map<string, CodeCounts>>>();
	for (let row = 0; row < found.length; row++) {
		const own = at(units, ids[found.unit[row] ?? 0] ?? '', () => new Map());
		const codes = at(own, variables[found.variable[row] ?? 0] ?? '', () => new Map<string, CodeCounts>());
		codes.set(found.code[row] ?? '', { now: found.now[row] ?? 0, before: found.before[row] ?? 0 });
	}
	return units;
}
