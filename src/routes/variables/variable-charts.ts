import { codeDistribution, codeDistributionTable, type CodeRow } from '#lib/charts/code-distribution.ts';
import type { ChartTable } from '#lib/charts/chart.ts';
import { completenessTrend, completenessTrendTable, type TrendRow } from '#lib/charts/completeness-trend.ts';
import { receiptDays, receiptDaysTable } from '#lib/charts/receipt-days.ts';
import { unitsStrip } from '#lib/charts/units-strip.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { monthsOf } from '#lib/period/period.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import type { VariableFigures } from '#lib/server/figures/variable.ts';

export type DrawnChart = { svg: string; table: ChartTable };

/** For whom the charts of a variable's page are drawn: its nation and, where one is chosen, a unit. */
export type ChartFor = { definition: Definition; unitName: string | null; locale: Locale };

const width = 720;

/** The names of the lines: the unit and the nation, or the nation alone. */
function names({ definition, unitName, locale }: ChartFor) {
	const nation = definition.register.nation[locale];
	return { own: unitName ?? nation, nation };
}

/** Five years month by month; null where nothing can be told, or everything was there all the time. */
export function trendChart(figures: VariableFigures, chartFor: ChartFor): DrawnChart | null {
	const { variable, months, unit } = figures;
	const { locale } = chartFor;
	const first = months[0]?.month;
	if (first === undefined) return null;
	const byMonth = new Map(months.map((each) => [each.month, each]));
	const rows: TrendRow[] = monthsOf({ from: first, to: figures.view.period.to }).map((month) => {
		const found = byMonth.get(month);
		const nation = found?.nation.share ?? null;
		return { month, share: unit ? (found?.unit?.share ?? null) : nation, nation: unit ? nation : null };
	});
	const told = rows.flatMap(({ share, nation }) => [share, nation]).filter((share) => share !== null);
	if (told.length < 2 || told.every((share) => share === 1)) return null;
	const options = {
		locale,
		width,
		names: names(chartFor),
		target: variable.completeness === 'tickbox' ? null : (variable.target ?? null),
		fromZero: variable.completeness === 'tickbox'
	};
	const label = m.variable_trend_label({ variable: variable.label[locale], name: options.names.own });
	return {
		svg: chartSvg((drawn) => completenessTrend(rows, { ...options, ...drawn }), { label, id: 'trend' }),
		table: completenessTrendTable(rows, options)
	};
}

/** The units of the scope on a strip; null where they do not differ. */
export function stripChart(figures: VariableFigures, { definition, locale }: ChartFor): string | null {
	const { variable, units, unit } = figures;
	const rows = units.map((each) => ({
		unit: each.unit,
		name: definition.unitById.get(each.unit)?.name ?? each.unit,
		share: each.figure.share,
		own: each.unit === unit?.id
	}));
	if (new Set(rows.map(({ share }) => share).filter((share) => share !== null)).size < 2) return null;
	const fromZero = variable.completeness === 'tickbox';
	const target = fromZero ? null : (variable.target ?? null);
	return chartSvg((drawn) => unitsStrip(rows, { ...drawn, locale, width, target, fromZero }), {
		label: m.variable_strip_label({ variable: variable.label[locale] }),
		id: 'strip'
	});
}

/** So many answers at most are drawn; more are in the table only. */
const mostBars = 30;

/** How the answers are distributed: days to receipt as days, all else a bar for each answer. Null without any. */
export function answersChart(
	{ variable, codes, unit }: VariableFigures,
	rows: readonly CodeRow[],
	chartFor: ChartFor
): DrawnChart | null {
	const { definition, locale } = chartFor;
	const label = m.variable_answers_label({ variable: variable.label[locale] });
	if (codes.every(({ nation }) => nation === 0)) return null;
	if (variable.id === definition.register.daysToReceipt) {
		const days = codes.map((code) => ({ value: Number(code.code), n: unit ? code.unit : code.nation }));
		return {
			svg: chartSvg((drawn) => receiptDays(days, { ...drawn, locale, width }), { label, id: 'answers' }),
			table: receiptDaysTable(days, locale)
		};
	}
	const options = { locale, width, names: names(chartFor) };
	const drawnRows = rows.length <= mostBars ? rows : mostCommon(rows);
	return {
		svg: chartSvg((drawn) => codeDistribution(drawnRows, { ...options, ...drawn }), { label, id: 'answers' }),
		table: codeDistributionTable(rows, options)
	};
}

/** The most common answers, in their own order. */
function mostCommon(rows: readonly CodeRow[]): CodeRow[] {
	const least = rows.map((row) => row.n).sort((a, b) => b - a)[mostBars - 1] ?? 0;
	return rows.filter((row) => row.n >= least).slice(0, mostBars);
}
