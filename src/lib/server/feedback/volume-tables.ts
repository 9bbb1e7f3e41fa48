import type { Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { bandOf } from '#lib/charts/volume-band.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Table } from '#lib/notebook/table.ts';
import { monthsOf, formatPeriod } from '#lib/period/period.ts';
import { asTheyEnded, asTheyStood } from '#lib/period/comparison.ts';
import { birthsInSpans } from '#lib/server/figures/births.ts';
import type { UnitFigures } from '#lib/server/figures/unit.ts';
import { activeThroughout, type UnitVolume } from '#lib/server/figures/volume.ts';
import type { Register } from '#lib/server/register/open.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { one } from './one-row.ts';

const whole = (limits: readonly [number, number] | null | undefined, at: 0 | 1) =>
	limits ? (at === 0 ? Math.ceil(limits[0]) : Math.floor(limits[1])) : null;

/** The volume of the due part of the period: births, and what to expect on the same day and at the end. */
export function volumeTable(found: UnitVolume | null, ended: UnitVolume | null): Table {
	const volume = found?.volume;
	return one({
		births: ['integer', found?.births ?? 0],
		observed: ['integer', volume?.observed ?? 0],
		judged: ['text', found?.judged ? formatPeriod(found.judged) : null],
		expected: ['number', volume?.expected ?? null],
		low: ['integer', whole(volume?.limits, 0)],
		high: ['integer', whole(volume?.limits, 1)],
		difference: ['number', volume?.difference ?? null],
		low_at_end: ['integer', whole(ended?.volume.limits, 0)],
		high_at_end: ['integer', whole(ended?.volume.limits, 1)],
		is_within: ['boolean', volume?.status === 'within'],
		is_low: ['boolean', volume?.status === 'low'],
		is_high: ['boolean', volume?.status === 'high'],
		is_judged: ['boolean', Boolean(volume?.limits)]
	});
}

/** The months of the year beside earlier years; of months after the period the births are left out. */
export function monthTable({ months, view }: Pick<UnitFigures, 'months' | 'view'>): Table {
	const within = new Set(monthsOf(view.period));
	return {
		columns: {
			month: 'day',
			births: 'integer',
			due: 'boolean',
			low: 'integer',
			high: 'integer',
			mean: 'number'
		},
		rows: months.map(({ month, births, due, earlier }) => ({
			month: `${month}-01`,
			births: within.has(month) ? births : null,
			due,
			...bandOf(earlier)
		}))
	};
}

/**
 * The due months of this year and of earlier years: births as they stood on the same day of their year, and
 * as they have ended. A year in which the unit did not deliver all through has no number.
 */
export async function yearTable(
	scope: Scope,
	register: Register,
	{ unit, view, volume }: UnitFigures,
	ended: UnitVolume | null,
	locale: Locale
): Promise<Table> {
	const columns = {
		year: 'text',
		same_day: 'integer',
		at_end: 'integer',
		is_expectation: 'boolean'
	} as const;
	const judged = volume?.judged;
	if (!judged) return { columns, rows: [] };
	const stood = asTheyStood(judged, view.asOf, view.years);
	const spans = [
		{ period: judged, asOf: view.asOf },
		...stood,
		...asTheyEnded(judged, view.asOf, view.years)
	];
	const [now, ...counted] = (await birthsInSpans(scope, register, unit.id, spans)) ?? [];
	if (!now) return { columns, rows: [] };
	const rows = stood.map(({ period }, index) => {
		const active = activeThroughout(unit, period);
		return {
			year: String(yearOf(period.to)),
			// on that day nothing had come from anybody: the year was handed in as a whole, later
			same_day: active && counted[index]?.isKnown ? counted[index].births : null,
			at_end: active ? (counted[stood.length + index]?.births ?? 0) : null,
			is_expectation: false
		};
	});
	const expectation = (name: string, at: 0 | 1) => ({
		year: name,
		same_day: whole(volume?.volume.limits, at),
		at_end: whole(ended?.volume.limits, at),
		is_expectation: true
	});
	return {
		columns,
		rows: [
			{ year: String(yearOf(judged.to)), same_day: now.births, at_end: null, is_expectation: false },
			...rows.filter((row) => row.at_end !== null),
			...(volume?.volume.limits
				? [
						expectation(m.report_expected_least({}, { locale }), 0),
						expectation(m.report_expected_most({}, { locale }), 1)
					]
				: [])
		]
	};
}
