import { z } from 'zod';
import { openDatabase } from '#lib/server/db/database.ts';

/** Rows of a snapshot's file. */
export async function asked<T>(file: string, row: z.ZodType<T>, sql: string): Promise<T[]> {
	const db = await openDatabase(file);
	try {
		return await db.rows(row, sql);
	} finally {
		db.close();
	}
}

const n = z.object({ n: z.int().nullable() });
/** The number that an expression comes to over tables of a snapshot's file. */
export const number = async (file: string, expression: string, from: string) =>
	(await asked(file, n, `select (${expression})::integer as n from ${from}`))[0]?.n;
