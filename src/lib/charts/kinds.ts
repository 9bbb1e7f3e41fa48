import { z } from 'zod';
import { codeDistribution, codeDistributionTable } from './code-distribution.ts';
import { completenessTrend, completenessTrendTable } from './completeness-trend.ts';
import { receiptDays, receiptDaysTable } from './receipt-days.ts';
import { unitsStrip, unitsStripTable } from './units-strip.ts';
import { volumeBand, volumeBandTable } from './volume-band.ts';
import type { ChartOptions, ChartTable } from './chart.ts';

/**
 * A kind of chart as a notebook asks for it: the columns that its table must have, the options it takes, and
 * what is made of them. `read` checks both and throws a ZodError that names the column or option.
 */
export type ChartKind = {
	read(
		rows: unknown,
		settings: unknown
	): { draw(options: ChartOptions): Element; numbers(options: ChartOptions): ChartTable };
};

const share = z.number().min(0).nullable();
const count = z.number().min(0).nullable();
/** A month column may hold the month's first day, as SQL's dates do. */
const month = z
	.string()
	.regex(/^\d{4}-\d{2}(-01)?$/, { error: 'is not a month' })
	.transform((day) => day.slice(0, 7));
const names = z.strictObject({ own: z.string(), nation: z.string() });

function kind<Row, Settings>(
	row: z.ZodType<Row>,
	settings: z.ZodType<Settings>,
	draw: (rows: Row[], options: ChartOptions & Settings) => Element,
	numbers: (rows: Row[], options: ChartOptions & Settings) => ChartTable
): ChartKind {
	return {
		read(writtenRows, writtenSettings) {
			const rows = z.array(row).parse(writtenRows);
			const read = settings.parse(writtenSettings);
			return {
				draw: (options) => draw(rows, { ...options, ...read }),
				numbers: (options) => numbers(rows, { ...options, ...read })
			};
		}
	};
}

/** Every chart that a notebook can ask for, by the name it asks with. */
export const chartKinds: Readonly<Record<string, ChartKind>> = {
	'volume-band': kind(
		z.object({ month, births: count, due: z.boolean(), low: count, high: count, mean: count }),
		z.strictObject({ years: z.int().min(1).optional() }),
		volumeBand,
		(rows, { locale }) => volumeBandTable(rows, locale)
	),
	'completeness-trend': kind(
		z.object({ month, share, nation: share }),
		z.strictObject({ names, target: z.number().nullable().optional(), fromZero: z.boolean().optional() }),
		completenessTrend,
		completenessTrendTable
	),
	'units-strip': kind(
		z.object({ unit: z.string(), name: z.string().nullable(), share, own: z.boolean() }),
		z.strictObject({
			target: z.number().nullable().optional(),
			fromZero: z.boolean().optional(),
			namedLowest: z.int().min(0).optional()
		}),
		unitsStrip,
		unitsStripTable
	),
	'code-distribution': kind(
		z.object({ code: z.string(), label: z.string(), n: z.number(), share, nation: share }),
		z.strictObject({ names }),
		codeDistribution,
		codeDistributionTable
	),
	'receipt-days': kind(
		z.object({ value: z.number(), n: z.number() }),
		z.strictObject({ median: z.number().nullable().optional() }),
		receiptDays,
		(rows, { locale }) => receiptDaysTable(rows, locale)
	)
};
