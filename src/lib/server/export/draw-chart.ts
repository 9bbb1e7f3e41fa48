import type { Locale } from '#lib/catalogue/text.ts';
import type { ChartTable } from '#lib/charts/chart.ts';
import { chartKinds, type ChartKind } from '#lib/charts/kinds.ts';
import type { Palette } from '#lib/charts/palette.ts';
import { plain } from '#lib/notebook/inline.ts';
import type { ChartBlock } from '#lib/notebook/model.ts';
import { chartSvg } from './chart-svg.ts';

/** The numbers of a notebook's chart, without drawing it. */
export function drawnNumbers({ chart, rows, settings }: ChartBlock, locale: Locale): ChartTable {
	return kindOf(chart).read(rows, settings).numbers({ locale });
}

function kindOf(chart: string): ChartKind {
	const kind = chartKinds[chart];
	if (!kind) throw new Error(`No chart is called ${chart}`);
	return kind;
}

/** A notebook's chart drawn: the SVG, and its numbers. The run has checked that it can be. */
export function drawChart(
	{ chart, rows, settings, alt, height }: ChartBlock,
	{ locale, id, width, palette }: { locale: Locale; id: string; width: number; palette?: Palette }
): { svg: string; numbers: ChartTable } {
	const { draw, numbers } = kindOf(chart).read(rows, settings);
	const options = { locale, width, ...(height === null ? {} : { height: Math.round(height * width) }) };
	return {
		svg: chartSvg((place) => draw({ ...options, ...place }), { label: plain(alt), id, palette }),
		numbers: numbers(options)
	};
}
