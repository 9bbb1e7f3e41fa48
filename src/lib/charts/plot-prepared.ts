import { BlockFault, nearest } from '#lib/notebook/fault.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { ShownPlot } from '#lib/notebook/plot-spec.ts';
import type { Row } from '#lib/notebook/table.ts';
import { colourScale, type ColourScale } from './plot-colours.ts';
import { compared, kindOfValue, plotSource, type PlotSource, type Value } from './plot-columns.ts';
import { scaleOf, type Scale } from './plot-scales.ts';
import { shapesOf, type Shape } from './plot-shapes.ts';
import { writeValue } from './plot-write.ts';

/** How many things a chart draws at most: beyond it a picture says nothing that a sum does not. */
export const mostMarks = 20_000;
const mostFacets = 60;

/** A chart whose columns, values and scales have been checked: all that is missing is its size. */
export type Prepared = {
	plot: ShownPlot;
	locale: Locale;
	source: PlotSource;
	shapes: Shape[];
	x: Scale;
	y: Scale;
	colours: ColourScale;
	/** The values that small charts are made for; none for one chart. */
	facets: { x: Value[]; y: Value[] };
};

/**
 * Reads a chart's rows. Throws a BlockFault for whatever cannot be drawn.
 *
 * @param columns the table's columns, for a table that may have no rows
 */
export function preparePlot(
	rows: readonly Row[],
	plot: ShownPlot,
	locale: Locale,
	columns: readonly string[] = Object.keys(rows[0] ?? {})
): Prepared {
	const source = plotSource(rows, columns);
	for (const name of Object.keys(plot.labels ?? {}))
		if (columns.length > 0 && !columns.includes(name))
			throw new BlockFault(`labels: the table has no column ${name}${nearest(name, columns)}`);
	const shapes = shapesOf(plot, source).map((shape) => ({
		...shape,
		items: shape.items.map((item) => ({
			...item,
			text: item.text === null ? null : writeValue(item.text, { locale, format: shape.mark.format }),
			title: item.title === null ? null : writeValue(item.title, { locale })
		}))
	}));
	const count = shapes.reduce((sum, { items }) => sum + items.length, 0);
	if (count > mostMarks)
		throw new BlockFault(
			`the chart would draw ${count} marks, and ${mostMarks} is the most: sum the rows up in the SQL, or use bin, boxY or a filter`
		);
	const facets = { x: facetValues(plot.facet?.x, source), y: facetValues(plot.facet?.y, source) };
	const many = Math.max(1, facets.x.length) * Math.max(1, facets.y.length);
	if (many > mostFacets)
		throw new BlockFault(
			`facet would make ${many} small charts, and ${mostFacets} is the most: take a column with fewer values`
		);
	return {
		plot,
		locale,
		source,
		shapes,
		x: scaleOf('x', plot, shapes, locale),
		y: scaleOf('y', plot, shapes, locale),
		colours: colourScale(plot, source, locale),
		facets
	};
}

/** The values of a facet: numbers and days in their order, texts as they first appear. */
function facetValues(column: string | undefined, source: PlotSource): Value[] {
	if (column === undefined) return [];
	const values = [...new Set(source.values(column))];
	return values.some((value) => kindOfValue(value) === 'text')
		? values
		: values.toSorted((a, b) => compared(a, b));
}

/** What is wrong with a chart in its own words, given its table; undefined where it can be drawn. */
export function plotFault(
	shown: ShownPlot,
	columns: readonly string[],
	rows: readonly Row[]
): string | undefined {
	try {
		preparePlot(rows, shown, 'en', columns);
		return undefined;
	} catch (error) {
		if (error instanceof BlockFault) return error.message;
		throw error;
	}
}
