import { fontSize, textWidth } from './chart.ts';
import type { Palette } from './palette.ts';
import type { Prepared } from './plot-prepared.ts';
import { shortened } from './plot-write.ts';

/** One colour of a legend with what it means; the ends of a ramp are one entry. */
export type LegendEntry = { text: string; after?: string; colours: string[]; isLine: boolean };

const rowHeight = 20;
const gap = 18;
const swatch = 12;
const rampStep = 9;

/** What the colours of a chart mean; nothing where they mean nothing. */
export function legendEntries({ colours, shapes }: Prepared, palette: Palette): LegendEntry[] {
	if (colours.kind === 'none') return [];
	if (colours.kind === 'amounts') {
		const steps = Array.from(
			{ length: 13 },
			(_, at) => colours.low + ((colours.high - colours.low) * at) / 12
		);
		return [
			{
				text: colours.write(colours.low),
				after: colours.write(colours.high),
				colours: steps.map((value) => colours.paint(value, palette)),
				isLine: false
			}
		];
	}
	const isLine = shapes.every(({ kind }) => kind === 'line' || kind === 'rule');
	return colours.names.map((name) => ({
		text: shortened(colours.write(name), 40),
		colours: [colours.paint(name, palette)],
		isLine
	}));
}

const widthOf = ({ text, after = '', colours }: LegendEntry) =>
	after ? textWidth(text) + textWidth(after) + colours.length * rampStep + 12 : swatch + 6 + textWidth(text);

/** The entries on as many rows as they need, each with its place. */
export function legendPlaces(entries: readonly LegendEntry[], label: string | undefined, width: number) {
	let [x, row] = [label ? textWidth(label) + gap : 0, 0];
	const places = entries.map((entry) => {
		if (x > 0 && x + widthOf(entry) > width) [x, row] = [0, row + 1];
		const place = { entry, x, row };
		x += widthOf(entry) + gap;
		return place;
	});
	return { places, rows: entries.length > 0 ? row + 1 : 0 };
}

/** Adds an element to a picture. */
export function added(
	parent: Element,
	name: string,
	attributes: Readonly<Record<string, string | number>>,
	text?: string
): Element {
	const element = parent.ownerDocument.createElementNS('http://www.w3.org/2000/svg', name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
	if (text !== undefined) element.textContent = text;
	parent.appendChild(element);
	return element;
}

/** Draws the legend at the top of a picture. */
export function drawLegend(
	svg: Element,
	{ places }: ReturnType<typeof legendPlaces>,
	label: string | undefined,
	palette: Palette
): void {
	const group = added(svg, 'g', { 'font-size': fontSize, 'text-anchor': 'start', fill: palette.soft });
	const middle = (row: number) => 12 + row * rowHeight;
	if (label) added(group, 'text', { x: 0, y: middle(0), dy: '0.32em', fill: palette.ink }, label);
	for (const { entry, x, row } of places) {
		const y = middle(row);
		if (entry.after === undefined) {
			const [colour = 'none'] = entry.colours;
			if (entry.isLine) added(group, 'rect', { x, y: y - 1.25, width: swatch, height: 2.5, fill: colour });
			else added(group, 'rect', { x, y: y - swatch / 2, width: swatch, height: swatch, fill: colour });
			added(group, 'text', { x: x + swatch + 6, y, dy: '0.32em' }, entry.text);
			continue;
		}
		const begin = x + textWidth(entry.text) + 6;
		added(group, 'text', { x, y, dy: '0.32em' }, entry.text);
		entry.colours.forEach((colour, at) =>
			added(group, 'rect', { x: begin + at * rampStep, y: y - 5, width: rampStep, height: 10, fill: colour })
		);
		added(group, 'text', { x: begin + entry.colours.length * rampStep + 6, y, dy: '0.32em' }, entry.after);
	}
}
