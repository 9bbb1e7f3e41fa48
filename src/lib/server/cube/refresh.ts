import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Statements, Writer } from '#lib/server/db/database.ts';
import { countedBirthsSql, currentBirthsSql } from './counted-births.ts';
import { codeRowsSql, countSql, formRowsSql, invalidSql, itemRowsSql, notedSql } from './count-sql.ts';

const place = z.object({ unit: z.string(), from: z.string(), to: z.string() });

/**
 * Counts the units' months that stand in the temporary table `touched` anew, as of the day there, within the
 * caller's transaction. Earlier counts keep the days on which they held, so that any day's figures can be
 * asked for; those of the same day are replaced.
 *
 * The births are copied to a working table first, so that plans can be kept; where there are `many`, the copy
 * would cost more than planning, and they are counted where they are stored.
 */
export async function refreshCubes(db: Writer, d: Definition, many: boolean): Promise<void> {
	const places = await db.rows(
		place,
		'select unit, min(birth_month) as "from", max(birth_month) as "to" from touched group by unit order by unit'
	);
	if (places.length === 0) return;
	const current = currentBirthsSql({
		units: places.map(({ unit }) => unit),
		from: places.map(({ from }) => from).reduce((a, b) => (a < b ? a : b)),
		to: places.map(({ to }) => to).reduce((a, b) => (a > b ? a : b))
	});
	const births = many
		? `with current_births as not materialized (${current}), births as not materialized (${countedBirthsSql(d)})\n`
		: '';
	if (!many) {
		await db.run(`insert into current_births ${current}`);
		await db.again(`insert into births ${countedBirthsSql(d)}`);
	}
	const insert = many ? db.run : db.again;
	await insert(`insert into counted ${births}${countSql(d)}`);
	await insert(`insert into noted ${births}${notedSql(d)}`);
	await db.again(`insert into invalid_values ${invalidSql}`);
	const parts: [cube: string, columns: string, rows: string][] = [
		[
			'cube_birth',
			'births, deliveries, live_births, stillbirths, on_time',
			'select unit, birth_month, births, deliveries, live_births, births - live_births, on_time from counted'
		],
		['cube_form', 'form, n_applicable, n_missing', formRowsSql(d)],
		[
			'cube_item',
			'variable, n_applicable, n_recorded, n_unknown, n_blank, n_invalid, n_implausible',
			itemRowsSql(d)
		],
		['cube_code', 'variable, code, n', codeRowsSql(d)]
	];
	for (const [cube, columns, rows] of parts) {
		const same = `${cube}.unit = t.unit and ${cube}.birth_month = t.birth_month`;
		await db.again(`delete from ${cube} using touched t where ${same} and valid_from = t.day`);
		await db.again(`update ${cube} set valid_to = t.day from touched t where ${same} and valid_to is null`);
		await db.again(
			`insert into ${cube} (unit, valid_from, birth_month, ${columns})
			select r.unit, t.day, r.* exclude (unit)
			from (${rows}) r join touched t on t.unit = r.unit and t.birth_month = r.birth_month`
		);
	}
	await checkCounts(db);
}

/** Every applicable birth is recorded, unknown, blank or invalid; anything else is a fault of the program. */
async function checkCounts(db: Statements): Promise<void> {
	const wrong = await db.rows(
		z.object({ unit: z.string(), variable: z.string(), birth_month: z.string() }),
		`select c.unit, variable, c.birth_month from cube_item c
		join touched t on t.unit = c.unit and t.birth_month = c.birth_month
		where valid_to is null
			and (n_applicable <> n_recorded + n_unknown + n_blank + n_invalid
				or least(n_recorded, n_unknown, n_blank, n_invalid) < 0 or n_implausible > n_recorded + n_unknown)
		limit 5`
	);
	if (wrong.length)
		throw new Error(
			`Counts do not add up: ${wrong.map((w) => `${w.unit} ${w.variable} ${w.birth_month}`).join(', ')}`
		);
}
