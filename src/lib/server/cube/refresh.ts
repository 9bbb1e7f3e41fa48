import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Statements, Writer } from '#lib/server/db/database.ts';
import { countedBirthsSql, currentBirthsSql } from './counted-births.ts';
import { codeRowsSql, countSql, formRowsSql, invalidSql, itemRowsSql } from './count-sql.ts';

/**
 * Counts the months of one unit that stand in the temporary table `touched` (birth_month) anew, as of
 * `day`, within the caller's transaction. Earlier counts keep the days on which they held, so that any
 * day's figures can be asked for; those of the same day are replaced.
 *
 * The births are copied to a working table first, so that plans can be kept; where there are `many`, the copy
 * would cost more than planning, and they are counted where they are stored.
 */
export async function refreshCubes(
	db: Writer,
	d: Definition,
	{ unit, day, many }: { unit: string; day: string; many: boolean }
): Promise<void> {
	const [months] = await db.rows(
		z.object({ from: z.string().nullable(), to: z.string().nullable() }),
		'select min(birth_month) as "from", max(birth_month) as "to" from touched'
	);
	if (!months?.from || !months.to) return;
	for (const table of ['current_births', 'births', 'counted', 'invalid_values'])
		await db.again(`delete from ${table}`);
	const current = currentBirthsSql({ unit, from: months.from, to: months.to });
	const births = many
		? `with current_births as not materialized (${current}), births as not materialized (${countedBirthsSql(d)})\n`
		: '';
	if (!many) {
		await db.run(`insert into current_births ${current}`);
		await db.again(`insert into births ${countedBirthsSql(d)}`);
	}
	const insert = many ? db.run : db.again;
	await insert(`insert into counted ${births}${countSql(d)}`);
	await insert(`insert into invalid_values ${births}${invalidSql(d)}`);
	const parts: [cube: string, columns: string, rows: string][] = [
		[
			'cube_birth',
			'births, deliveries, live_births, stillbirths, on_time',
			'select birth_month, births, deliveries, live_births, births - live_births, on_time from counted'
		],
		['cube_form', 'form, n_applicable, n_missing', formRowsSql(d)],
		[
			'cube_item',
			'variable, n_applicable, n_recorded, n_unknown, n_blank, n_invalid, n_implausible',
			itemRowsSql(d)
		],
		['cube_code', 'variable, code, n', births + codeRowsSql(d)]
	];
	const place = 'unit = $unit and birth_month in (from touched)';
	for (const [cube, columns, rows] of parts) {
		await db.again(`delete from ${cube} where ${place} and valid_from = $day::varchar::date`, { unit, day });
		await db.again(`update ${cube} set valid_to = $day::varchar::date where ${place} and valid_to is null`, {
			unit,
			day
		});
		await insert(
			`insert into ${cube} (unit, valid_from, birth_month, ${columns}) select $unit, $day::varchar::date, * from (${rows})`,
			{ unit, day }
		);
	}
	await checkCounts(db, unit);
}

/** Every applicable birth is recorded, unknown, blank or invalid; anything else is a fault of the program. */
async function checkCounts(db: Statements, unit: string): Promise<void> {
	const wrong = await db.rows(
		z.object({ variable: z.string(), birth_month: z.string() }),
		`select variable, birth_month from cube_item
		where unit = $unit and birth_month in (from touched) and valid_to is null
			and (n_applicable <> n_recorded + n_unknown + n_blank + n_invalid
				or least(n_recorded, n_unknown, n_blank, n_invalid) < 0 or n_implausible > n_recorded + n_unknown)
		limit 5`,
		{ unit }
	);
	if (wrong.length)
		throw new Error(
			`The counts of ${unit} do not add up: ${wrong.map((w) => `${w.variable} ${w.birth_month}`).join(', ')}`
		);
}
