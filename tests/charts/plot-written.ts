import { parseHTML } from 'linkedom';
import { readYaml } from '#lib/catalogue/source.ts';
import { paperPalette, type Palette } from '#lib/charts/palette.ts';
import { drawPlot } from '#lib/charts/plot-drawing.ts';
import { plotFault } from '#lib/charts/plot-prepared.ts';
import { plain, type Inline } from '#lib/notebook/inline.ts';
import { readPlot, renderPlot, writtenPlot, type ShownPlot } from '#lib/notebook/plot-spec.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Row } from '#lib/notebook/table.ts';

/** A chart in its own words, as a notebook gives it to a reader. */
export function shownPlot(yaml: string, locale: Locale = 'sv'): ShownPlot {
	const { value } = readYaml('chart', `from: t\ntitle: t\nalt: a\n${yaml}`, writtenPlot);
	return renderPlot(
		readPlot(value),
		(words) => plain((words[0]?.[locale] ?? []) as Inline<{ text: string }>[]),
		() => 0.5
	);
}

/** The picture of a chart, as a document that can be asked. */
export function drawnPlot(
	yaml: string,
	rows: readonly Row[],
	options: { locale?: Locale; width?: number; height?: number; palette?: Palette } = {}
) {
	const { locale = 'sv', palette = paperPalette, ...size } = options;
	const shown = shownPlot(yaml, locale);
	const svg = chartSvg((place) => drawPlot(rows, shown, { locale, ...size, ...place }), {
		label: 'Prov',
		id: 'p',
		palette
	});
	const { document } = parseHTML(`<body>${svg}</body>`);
	const all = (selector: string) => [...document.querySelectorAll(selector)];
	return { svg, all, texts: all('text').map((text) => text.textContent ?? '') };
}

/** What is wrong with a chart of rows. */
export const faultOf = (yaml: string, rows: readonly Row[]) =>
	plotFault(shownPlot(yaml), Object.keys(rows[0] ?? {}), rows);

/** Two regions over three months; the second has a month without a share. */
export const monthRows: Row[] = [
	{ region: 'Norra', birth_month: '2026-01-01', share: 0.9, births: 1200, named: true },
	{ region: 'Norra', birth_month: '2026-02-01', share: 0.95, births: 1100, named: true },
	{ region: 'Norra', birth_month: '2026-03-01', share: 1, births: 1300, named: true },
	{ region: 'Södra', birth_month: '2026-01-01', share: 0.8, births: 400, named: false },
	{ region: 'Södra', birth_month: '2026-02-01', share: null, births: 300, named: false },
	{ region: 'Södra', birth_month: '2026-03-01', share: 0.85, births: 500, named: false }
];
