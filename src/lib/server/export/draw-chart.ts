import type { Locale } from '#lib/catalogue/text.ts';
import type { ChartTable } from '#lib/charts/chart.ts';
import { chartKinds } from '#lib/charts/kinds.ts';
import type { Palette } from '#lib/charts/palette.ts';
import { plain } from '#lib/notebook/inline.ts';
import type { ChartBlock } from '#lib/notebook/model.ts';
import { chartSvg } from './chart-svg.ts';

/** A notebook's chart drawn: the SVG, and its numbers. The run has checked that it can be. */
export function drawChart(
	{ chart, rows, settings, alt, height }: ChartBlock,
	{ locale, id, width, palette }: { locale: Locale; id: string; width: number; palette?: Palette }
): { svg: string; numbers: ChartTable } {
	const kind = chartKinds[chart];
	if (!kind) throw new Error(`No chart is called ${chart}`);
	const { draw, numbers } = kind.read(rows, settings);
	const options = { locale, width, ...(height === null ? {} : { height: Math.round(height * width) }) };
	return {
		svg: chartSvg((place) => draw({ ...options, ...place }), { label: plain(alt), id, palette }),
		numbers: numbers(options)
	};
}
