import { z } from 'zod';
import { maySee, type Scope } from '#lib/access/scope.ts';
import type { Register } from '#lib/server/register/open.ts';
import { remembered } from './remembered.ts';

/**
 * The first birth year of which the register holds anything of the scope's units, for menus of years; the
 * definition's own where it holds nothing yet.
 */
export async function firstBirthYear(scope: Scope, register: Register): Promise<number> {
	const own = (await firstBirthYears(register)).flatMap(({ unit, year }) =>
		maySee(scope, unit) ? [year] : []
	);
	return own.length ? Math.min(...own) : register.definition.register.firstYear;
}

/** The first birth year of every unit that has births at all. */
export const firstBirthYears = (register: Register) =>
	remembered(register, ['first birth years'], () => askFirstBirthYears(register));

const firstYears = z.object({ unit: z.string(), year: z.int() });

const askFirstBirthYears = ({ db }: Register) =>
	db.rows(
		firstYears,
		`select unit, year(min(birth_month))::integer as year from cube_birth group by unit order by unit`
	);
