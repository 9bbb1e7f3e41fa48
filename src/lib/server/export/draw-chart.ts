import type { Locale } from '#lib/catalogue/text.ts';
import type { ChartOptions, ChartTable } from '#lib/charts/chart.ts';
import { chartKinds, type ChartKind } from '#lib/charts/kinds.ts';
import type { Palette } from '#lib/charts/palette.ts';
import { drawPlot } from '#lib/charts/plot-drawing.ts';
import { pageRows, plotTable } from '#lib/charts/plot-table.ts';
import { plain } from '#lib/notebook/inline.ts';
import type { ChartBlock } from '#lib/notebook/model.ts';
import { chartSvg } from './chart-svg.ts';

/** The numbers of a notebook's chart, all of them, without drawing it. */
export function drawnNumbers({ chart, plot, rows, settings }: ChartBlock, locale: Locale): ChartTable {
	return plot ? plotTable(rows, plot, locale) : kindOf(chart).read(rows, settings).numbers({ locale });
}

function kindOf(chart: string): ChartKind {
	const kind = chartKinds[chart];
	if (!kind) throw new Error(`No chart is called ${chart}`);
	return kind;
}

/**
 * A notebook's chart drawn: the SVG, and its numbers, of a chart in its own words at most `pageRows`. The run has
 * checked that it can be.
 *
 * @param tall the width of which the block's height is a part, where that is not its own: on a phone charts are taller
 */
export function drawChart(
	{ chart, plot, rows, settings, alt, height }: ChartBlock,
	{
		locale,
		id,
		width,
		tall = width,
		palette
	}: { locale: Locale; id: string; width: number; tall?: number; palette?: Palette }
): { svg: string; numbers: ChartTable } {
	const options = { locale, width, ...(height === null ? {} : { height: Math.round(height * tall) }) };
	const svgOf = (draw: (options: ChartOptions) => Element) =>
		chartSvg((place) => draw({ ...options, ...place }), { label: plain(alt), id, palette });
	if (plot)
		return {
			svg: svgOf((place) => drawPlot(rows, plot, place)),
			numbers: plotTable(rows, plot, locale, pageRows)
		};
	const { draw, numbers } = kindOf(chart).read(rows, settings);
	return { svg: svgOf(draw), numbers: numbers(options) };
}
