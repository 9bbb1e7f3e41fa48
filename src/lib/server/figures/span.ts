import { z } from 'zod';
import type { Register } from '#lib/server/register/open.ts';
import { remembered } from './remembered.ts';

/**
 * The first birth year of which the register holds anything, for menus of years; the definition's own where
 * it holds nothing yet.
 */
export const firstBirthYear = (register: Register): Promise<number> =>
	remembered(register, ['first birth year'], () => askFirstBirthYear(register));

async function askFirstBirthYear({ db, definition }: Register): Promise<number> {
	const [found] = await db.rows(
		z.object({ year: z.int().nullable() }),
		`select year(min(birth_month))::integer as year from cube_birth`
	);
	return found?.year ?? definition.register.firstYear;
}
