import { z } from 'zod';

/**
 * When a variable applies to a birth. Written in the catalogue as data, so that the same condition
 * becomes SQL (the denominator), a check of its names, and a sentence on the variable's page.
 * `blank` and `recorded` ask whether a permitted value is there; a comparison with nothing is false.
 */
export type Condition =
	| { variable: string; is: 'blank' | 'recorded' }
	| { variable: string; in: string[] }
	| { variable: string; atLeast: number }
	| { variable: string; atMost: number }
	| { all: Condition[] }
	| { any: Condition[] };

const name = z.string().min(1);

export const condition: z.ZodType<Condition> = z.lazy(() =>
	z.union(
		[
			z.strictObject({ variable: name, is: z.enum(['blank', 'recorded']) }),
			z.strictObject({ variable: name, in: z.array(z.string()).min(1) }),
			z.strictObject({ variable: name, atLeast: z.number() }),
			z.strictObject({ variable: name, atMost: z.number() }),
			z.strictObject({ all: z.array(condition).min(1) }),
			z.strictObject({ any: z.array(condition).min(1) })
		],
		{
			error:
				'a condition is {variable, is: blank|recorded}, {variable, in: [codes]}, {variable, atLeast|atMost: number}, {all: […]} or {any: […]}'
		}
	)
);

/** The variables that a condition asks about, each once, in the order in which they are met. */
export function variablesOf(c: Condition): string[] {
	const parts = 'all' in c ? c.all : 'any' in c ? c.any : undefined;
	return parts ? [...new Set(parts.flatMap(variablesOf))] : 'variable' in c ? [c.variable] : [];
}

const quoted = (code: string) => `'${code.replaceAll("'", "''")}'`;

/** The condition as a DuckDB expression over columns named as the variables; never NULL. */
export function conditionSql(c: Condition): string {
	if ('all' in c) return `(${c.all.map(conditionSql).join(' and ')})`;
	if ('any' in c) return `(${c.any.map(conditionSql).join(' or ')})`;
	const column = `"${c.variable}"`;
	if ('is' in c) return `(${column} is ${c.is === 'blank' ? '' : 'not '}null)`;
	if ('in' in c) return `coalesce(${column} in (${c.in.map(quoted).join(', ')}), false)`;
	return 'atLeast' in c
		? `coalesce(${column} >= ${c.atLeast}, false)`
		: `coalesce(${column} <= ${c.atMost}, false)`;
}
