import { z } from 'zod';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** The days on which a unit delivers; `to` undefined = still. */
export type ActivePeriod = { from: string; to?: string };

/** Reads `1973-01-01..2022-12-22;2024-02-19..` */
const activePeriods = z.string().transform((written, context): ActivePeriod[] => {
	const periods: ActivePeriod[] = [];
	for (const part of written.split(';')) {
		const [from = '', to = '', ...rest] = part.trim().split('..');
		if (rest.length || !day.test(from) || (to !== '' && (!day.test(to) || to < from))) {
			context.addIssue({
				code: 'custom',
				message: `“${part}” is not a period such as 2001-01-01..2016-05-31`
			});
			return z.NEVER;
		}
		periods.push(to === '' ? { from } : { from, to });
	}
	return periods;
});

const count = z.string().regex(/^\d+$/, { error: 'a whole number is needed' }).transform(Number);

/** A row of units.csv. */
export const unit = z.strictObject({
	id: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, { error: 'an id has small letters, digits and hyphens' }),
	name: z.string().min(1),
	place: z.string(),
	region: z.string().min(1),
	code: z.string().describe('Hospital code, or blank where it is not known'),
	births_per_year: count.describe('About how many, today'),
	active: activePeriods,
	note: z.string()
});
export type Unit = Readonly<z.infer<typeof unit>>;

/** A row of reference-births.csv; a blank unit is the whole nation. */
export const referenceBirths = z.strictObject({
	unit: z.string(),
	year: count,
	births: count,
	source: z.string(),
	check: z.string()
});
export type ReferenceBirths = Readonly<z.infer<typeof referenceBirths>>;

/** Whether the unit delivered on any day from `from` to `to` (days as text, inclusive). */
export function isActive(u: Unit, from: string, to: string): boolean {
	return u.active.some((p) => p.from <= to && (p.to === undefined || p.to >= from));
}
