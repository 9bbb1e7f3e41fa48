import { codeDistribution, codeDistributionTable, type CodeRow } from '#lib/charts/code-distribution.ts';
import type { ChartOptions, ChartTable } from '#lib/charts/chart.ts';
import { completenessTrend, completenessTrendTable, type TrendRow } from '#lib/charts/completeness-trend.ts';
import { receiptDays, receiptDaysTable } from '#lib/charts/receipt-days.ts';
import { unitsStrip } from '#lib/charts/units-strip.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { monthsOf } from '#lib/period/period.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import type { VariableFigures } from '#lib/server/figures/variable.ts';

/** A chart for a desk and for a phone. */
export type Drawn = { wide: string; narrow: string };
export type DrawnWithTable = Drawn & { table: ChartTable };

/** For whom the charts of a variable's page are drawn: its nation and, where one is chosen, a unit. */
export type ChartFor = { definition: Definition; unitName: string | null; locale: Locale };

const widths = { wide: 720, narrow: 360 };

/** A chart in both widths; `id` begins the ids in it. */
function drawn(
	draw: (options: ChartOptions & { width: number }) => Element,
	{ label, id, locale }: { label: string; id: string; locale: Locale }
): Drawn {
	const svg = (size: keyof Drawn) =>
		chartSvg((place) => draw({ ...place, locale, width: widths[size] }), { label, id: `${id}-${size}` });
	return { wide: svg('wide'), narrow: svg('narrow') };
}

/** The names of the lines: the unit and the nation, or the nation alone. */
function names({ definition, unitName, locale }: ChartFor) {
	const nation = definition.register.nation[locale];
	return { own: unitName ?? nation, nation };
}

/** Five years month by month; null where nothing can be told, or everything was there all the time. */
export function trendChart(figures: VariableFigures, chartFor: ChartFor): DrawnWithTable | null {
	const { variable, months, unit } = figures;
	const { locale } = chartFor;
	const first = months[0]?.month;
	if (first === undefined) return null;
	const byMonth = new Map(months.map((each) => [each.month, each]));
	const rows: TrendRow[] = monthsOf({ from: first, to: figures.view.period.to }).map((month) => {
		const found = byMonth.get(month);
		const nation = found?.nation?.share ?? null;
		return { month, share: unit ? (found?.unit?.share ?? null) : nation, nation: unit ? nation : null };
	});
	const told = rows.flatMap(({ share, nation }) => [share, nation]).filter((share) => share !== null);
	if (told.length < 2 || told.every((share) => share === 1)) return null;
	const options = {
		locale,
		names: names(chartFor),
		target: variable.completeness === 'tickbox' ? null : (variable.target ?? null),
		fromZero: variable.completeness === 'tickbox'
	};
	const label = m.variable_trend_label({ variable: variable.label[locale], name: options.names.own });
	return {
		...drawn((size) => completenessTrend(rows, { ...options, ...size }), { label, id: 'trend', locale }),
		table: completenessTrendTable(rows, options)
	};
}

/** The units of the scope on a strip, and bands of the others; null where they do not differ. */
export function stripChart(figures: VariableFigures, { definition, locale }: ChartFor): Drawn | null {
	const { variable, units, unit, others } = figures;
	// who has one unit only need not choose it to see it
	const chosen = unit?.id ?? (others.length && units.length === 1 ? units[0]?.unit : undefined);
	const rows = units.map((each) => ({
		unit: each.unit,
		name: definition.unitById.get(each.unit)?.name ?? each.unit,
		share: each.figure.share,
		own: each.unit === chosen
	}));
	const shares = new Set(rows.map(({ share }) => share).filter((share) => share !== null));
	if (others.length === 0 && shares.size < 2) return null;
	const fromZero = variable.completeness === 'tickbox';
	const target = fromZero ? null : (variable.target ?? null);
	const words = others.length ? m.variable_strip_label_bands : m.variable_strip_label;
	const label = words({ variable: variable.label[locale] });
	return drawn((size) => unitsStrip(rows, { ...size, target, fromZero, bands: others }), {
		label,
		id: 'strip',
		locale
	});
}

/** So many answers at most are drawn; more are in the table only. */
const mostBars = 30;

/** How the answers are distributed: days to receipt as days, all else a bar for each answer. Null without any. */
export function answersChart(
	{ variable, codes, unit }: VariableFigures,
	rows: readonly CodeRow[],
	chartFor: ChartFor
): DrawnWithTable | null {
	const { definition, locale } = chartFor;
	const label = m.variable_answers_label({ variable: variable.label[locale] });
	if (codes.every((code) => code.nation === 0 && code.unit === 0)) return null;
	if (variable.id === definition.register.daysToReceipt) {
		const days = codes.map((code) => ({ value: Number(code.code), n: unit ? code.unit : code.nation }));
		return {
			...drawn((size) => receiptDays(days, size), { label, id: 'answers', locale }),
			table: receiptDaysTable(days, locale)
		};
	}
	const options = { locale, names: names(chartFor) };
	const shown = rows.length <= mostBars ? rows : mostCommon(rows);
	return {
		...drawn((size) => codeDistribution(shown, { ...options, ...size }), { label, id: 'answers', locale }),
		table: codeDistributionTable(rows, options)
	};
}

/** The most common answers, in their own order. */
function mostCommon(rows: readonly CodeRow[]): CodeRow[] {
	const least = rows.map((row) => row.n).sort((a, b) => b - a)[mostBars - 1] ?? 0;
	return rows.filter((row) => row.n >= least).slice(0, mostBars);
}
