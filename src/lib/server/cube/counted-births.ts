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

/** One unit's months from `from` to `to`, each by its first day. */
export type CountedMonths = { unit: string; from: string; to: string };

/**
 * The current births of a unit in some months and the days before them in which a delivery may have begun.
 * Unit and days stand in the text, not as bound values: only so does the scan skip what is stored of others.
 */
export function currentBirthsSql({ unit, from, to }: CountedMonths): string {
	return `select *, rowid as version from birth_version
where unit = ${literal(unit)} and superseded is null
	and birth_date >= date ${literal(from)} - ${sameDeliveryDays} and birth_date < date ${literal(to)} + interval 1 month`;
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
			select version, birth_date - lag(birth_date) over (partition by mother order by birth_date, birth_order, version) as days
			from (select version, birth_date, ${identifier(mother)} as mother, ${order} as birth_order,
					count(*) over (partition by ${identifier(mother)}) as n
				from current_births where ${identifier(mother)} is not null)
			where n > 1)
		where days <= ${sameDeliveryDays}`
		: 'select null::bigint as version where false';
	const alone = mother ? `(${identifier(mother)} is not null or ${order} = 1)` : `${order} = 1`;
	return `select *, ${alone} and version not in (${later}) as counts_delivery
from (${levels}) where birth_month in (from touched)`;
}
