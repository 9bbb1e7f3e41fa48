import type { Definition } from '#lib/catalogue/catalogue.ts';
import { conditionSql } from '#lib/catalogue/condition.ts';
import { identifier, literal, withinYearsSql } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';

/** When a variable applies to a birth, as an expression over the births below; undefined = always. */
export function appliesSql(v: Variable): string | undefined {
	const parts: string[] = [];
	if (v.applicableWhen) parts.push(conditionSql(v.applicableWhen));
	if (v.validFrom !== undefined || v.validTo !== undefined)
		parts.push(withinYearsSql('birth_date', v.validFrom, v.validTo));
	return parts.length ? parts.join(' and ') : undefined;
}

/** The births of this mother within so many days before are the same delivery. */
export const sameDeliveryDays = 7;

/** Some units' months from `from` to `to`, each by its first day. */
export type CountedMonths = { units: readonly string[]; from: string; to: string };

/**
 * The current births of the units in `touched`, from their first month there to their last, and of the days
 * before in which a delivery may have begun. Units and days stand in the text too, not as bound values: only so
 * does the scan skip what is stored of others.
 */
export function currentBirthsSql({ units, from, to }: CountedMonths): string {
	const stored = `select *, rowid as version from birth_version
	where unit in (${units.map(literal).join(', ')}) and superseded is null
		and birth_date >= date ${literal(from)} - ${sameDeliveryDays} and birth_date < date ${literal(to)} + interval 1 month`;
	if (units.length === 1) return stored;
	return `select b.* from (${stored}) b
join (select unit, min(birth_month) - ${sameDeliveryDays} as start, max(birth_month) + interval 1 month as stop
	from touched group by unit) own
on own.unit = b.unit and b.birth_date >= start and b.birth_date < stop`;
}

/**
 * The births of the temporary table `current_births` in the months of `touched`, with derived variables,
 * `birth_month`, `live_born` and `counts_delivery` (true on one birth per delivery, so that a mother's
 * variables are counted once for twins). Without a mother's number the birth order decides.
 */
export function countedBirthsSql(d: Definition): string {
	const { mother, birthOrder, stillborn } = d.register;
	const order = birthOrder ? `coalesce(${identifier(birthOrder)}, 1)` : '1';
	const levels = d.variables
		.filter((v) => v.derived !== undefined)
		.reduce(
			(inner, v) => `select *, (${v.derived}) as ${identifier(v.id)} from (${inner})`,
			`select *, date_trunc('month', birth_date)::date as birth_month,
			${stillborn ? `not ${conditionSql(stillborn)}` : 'true'} as live_born
		from current_births`
		);
	const later = mother
		? `select version from (
			select version, birth_date - lag(birth_date) over (partition by unit, mother order by birth_date, birth_order, version) as days
			from (select version, unit, birth_date, ${identifier(mother)} as mother, ${order} as birth_order,
					count(*) over (partition by unit, ${identifier(mother)}) as n
				from current_births where ${identifier(mother)} is not null)
			where n > 1)
		where days <= ${sameDeliveryDays}`
		: 'select null::bigint as version where false';
	const alone = mother ? `(${identifier(mother)} is not null or ${order} = 1)` : `${order} = 1`;
	return `select *, ${alone} and version not in (${later}) as counts_delivery
from (${levels}) semi join touched using (unit, birth_month)`;
}
