import { bandOf, volumeBand, volumeBandTable } from '#lib/charts/volume-band.ts';
import { m } from '#lib/paraglide/messages.js';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { ChartTable } from '#lib/charts/chart.ts';
import type { View } from '#lib/period/view.ts';
import type { VolumeMonth } from '#lib/server/figures/volume.ts';

/**
 * The volume of a year's months over the band of earlier years, drawn for a screen and for a phone, and its
 * numbers; null without any.
 */
export function volumeChart(
	months: readonly VolumeMonth[],
	{ years }: View,
	name: string,
	locale: Locale
): { svg: string; narrow: string; table: ChartTable } | null {
	const rows = months.map(({ month, births, due, earlier }) => ({
		month,
		// nothing has come yet of a month that is not due: that is no number of births
		births: births === 0 && !due ? null : births,
		due,
		...bandOf(earlier)
	}));
	if (rows.every(({ births, high }) => !births && !high)) return null;
	const label = m.unit_chart_label({ name, year: months[0]?.month.slice(0, 4) ?? '', years });
	const drawn = (id: string, width: number, height: number) =>
		chartSvg(
			({ document, palette }) => volumeBand(rows, { document, palette, locale, years, width, height }),
			{ label, id }
		);
	return {
		svg: drawn('volume', 720, 290),
		narrow: drawn('volume-narrow', 380, 250),
		table: volumeBandTable(rows, locale)
	};
}
