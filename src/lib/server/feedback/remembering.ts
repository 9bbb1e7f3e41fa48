import type { z } from 'zod';
import type { ColumnsOf, ColumnShape } from '#lib/server/db/columns.ts';
import type { Values } from '#lib/server/db/database.ts';
import type { Register } from '#lib/server/register/open.ts';

/**
 * The register, but a question that was asked before is answered from memory: for a round of reports, each of which
 * asks the same of all units as the one before. What is asked of one unit is not kept. For reading only, and as
 * long as the reports are to agree with each other.
 */
export function remembering(register: Register): Register {
	const answers = new Map<string, Promise<unknown>>();
	const { db } = register;
	const once = <Answer>(sql: string, values: Values, ask: () => Promise<Answer>): Promise<Answer> => {
		if ('unit' in values) return ask();
		// a statement is written beside its schema, so that equal statements have answers of equal shape
		const question = `${sql}\n${JSON.stringify(values)}`;
		const known = answers.get(question) as Promise<Answer> | undefined;
		if (known) return known;
		const answer = ask();
		answers.set(question, answer);
		answer.catch(() => answers.delete(question));
		return answer;
	};
	return {
		...register,
		db: {
			...db,
			rows: <T>(schema: z.ZodType<T>, sql: string, values: Values = {}) =>
				once(sql, values, () => db.rows(schema, sql, values)),
			columns: <S extends ColumnShape>(shape: S, sql: string, values: Values = {}): Promise<ColumnsOf<S>> =>
				once(sql, values, () => db.columns(shape, sql, values))
		}
	};
}
