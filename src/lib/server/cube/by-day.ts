import type { Definition } from '#lib/catalogue/catalogue.ts';
import { identifier, literal } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { countedBirthsSql } from './counted-births.ts';
import { counted, denominatorSql, formMissingSql } from './count-sql.ts';

/** Some units' births between two days, as they stood on the day bound as `$asOf`. */
export type CountedDays = { units: readonly string[]; from: string; to: string };

/**
 * Births by unit and day (`unit`, `day` as text): per variable those it applies to (a0, a1, … in the order
 * given) and those in which it is recorded (r0, …), per form those that should have it (g0, …) and lack it (f0, …).
 * Unknown counts as recorded where the catalogue says so.
 */
export function countByDaySql(
	d: Definition,
	{ units, from, to }: CountedDays,
	variables: readonly Variable[],
	forms: readonly string[]
): string {
	const columns = [
		...variables.flatMap((v, place) => {
			const among = denominatorSql(v);
			const id = identifier(v.id);
			const unknown = v.unknownCounts ? [] : v.unknownCodes;
			const known = unknown.length
				? `${id} is not null and ${id} not in (${unknown.map(literal).join(', ')})`
				: `${id} is not null`;
			return [
				`${counted(among)} as a${place}`,
				`${counted([among, known].filter(Boolean).join(' and '))} as r${place}`
			];
		}),
		...forms.flatMap((form, place) => {
			const level = d.register.forms.find((f) => f.id === form)?.level;
			const among = level === 'delivery' ? 'counts_delivery' : undefined;
			const missing = formMissingSql(d, form) ?? 'false';
			return [
				`${counted(among)} as g${place}`,
				`${counted([among, missing].filter(Boolean).join(' and '))} as f${place}`
			];
		})
	];
	return `with current_births as (
	select *, rowid as version from birth_version
	where unit in (${units.map(literal).join(', ')}) and birth_date between date ${literal(from)} and date ${literal(to)}
		and received <= $asOf::date and (superseded is null or superseded > $asOf::date)),
touched as (select distinct unit, date_trunc('month', birth_date)::date as birth_month from current_births),
births as (${countedBirthsSql(d)})
select unit, birth_date::varchar as day, ${columns.join(', ')}
from births group by unit, birth_date order by unit, birth_date`;
}
