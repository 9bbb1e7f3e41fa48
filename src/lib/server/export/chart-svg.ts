import { parseHTML } from 'linkedom';
import { pagePalette, type Palette } from '#lib/charts/palette.ts';
import { fontSize } from '#lib/charts/chart.ts';

/** One document for all charts: a plot is made in it, and never put into it. */
let kept: Document | undefined;
function chartDocument(): Document {
	kept ??= parseHTML('<!doctype html><html><body></body></html>').document as unknown as Document;
	return kept;
}

/**
 * Draws a chart on the server, as the text of an SVG for a page (under our content security policy) or for
 * paper: no style element and no style attribute, one role and one label, ids of its own.
 *
 * @param label what a screen reader says in place of the picture
 * @param id the beginning of every id in the picture; has to differ between the charts of a page
 */
export function chartSvg(
	draw: (options: { document: Document; palette: Palette }) => Element,
	{ label, id, palette = pagePalette }: { label: string; id: string; palette?: Palette }
): string {
	const drawn = draw({ document: chartDocument(), palette });
	// Plot puts a legend or a caption around the picture when asked to; the picture is what we want
	const svg = drawn.localName === 'svg' ? drawn : drawn.querySelector('svg');
	if (!svg) throw new Error(`The chart “${label}” has drawn no picture`);
	for (const style of svg.querySelectorAll('style')) style.remove();
	for (const element of [svg, ...svg.querySelectorAll('*')]) {
		// what Plot says of its axes and marks repeats, in English, what the label says of the whole
		for (const name of ['aria-label', 'aria-description', 'style', 'class']) element.removeAttribute(name);
	}
	renameIds(svg, id);
	svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	svg.setAttribute('role', 'img');
	svg.setAttribute('aria-label', label);
	svg.setAttribute('font-size', String(fontSize));
	if (palette.face) svg.setAttribute('font-family', palette.face);
	else svg.removeAttribute('font-family');
	return svg.outerHTML.replace(/\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100));
}

/** Gives every id, and whatever points to it, a name that is the same each time and nobody else's. */
function renameIds(svg: Element, prefix: string): void {
	const names = new Map([...svg.querySelectorAll('[id]')].map(({ id }, at) => [id, `${prefix}-${at}`]));
	if (names.size === 0) return;
	for (const element of svg.querySelectorAll('*'))
		for (const { name, value } of Array.from(element.attributes)) {
			if (name === 'id') element.setAttribute('id', names.get(value) ?? value);
			else if (value.includes('#'))
				element.setAttribute(
					name,
					value.replace(/#([\w-]+)/g, (whole, id: string) => (names.has(id) ? `#${names.get(id)}` : whole))
				);
		}
}
