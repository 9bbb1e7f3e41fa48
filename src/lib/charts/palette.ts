/** What a chart is painted with, by meaning. The only colours are one accent and one for "look here". */
export type Palette = {
	/** Text and axes that are read first, and second. */
	ink: string;
	soft: string;
	/** Lines that help the eye. */
	rule: string;
	/** This year, this unit; and a tint of it for lines under which something lies. */
	accent: string;
	/** Look here. */
	attention: string;
	/** Earlier years and other units: as an area, as marks, as a line. */
	band: string;
	muted: string;
	earlier: string;
	/** What lies behind the chart. */
	ground: string;
	/** What is told apart by its kind, the accent first; they differ for the colour-blind too. */
	categories: readonly string[];
	/** The face of the text; undefined where it comes from the page. */
	face?: string;
};

/** On a page the colours are its own tokens, and so follow light and dark. */
export const pagePalette: Palette = {
	ink: 'currentColor',
	soft: 'var(--ink-soft)',
	rule: 'var(--rule)',
	accent: 'var(--accent)',
	attention: 'var(--attention)',
	band: 'var(--neutral-2)',
	muted: 'var(--neutral-4)',
	earlier: 'var(--neutral-5)',
	ground: 'var(--ground)',
	categories: [
		'var(--accent)',
		'var(--category-2)',
		'var(--category-3)',
		'var(--category-4)',
		'var(--category-5)',
		'var(--category-6)'
	]
};

/** On paper there is no page to ask: the light tokens of src/app.css, and the face of the text. */
export const paperPalette: Palette = {
	ink: '#1c1c21',
	soft: '#5f5e5a',
	rule: '#dedad1',
	accent: '#0a5f7a',
	attention: '#b3400e',
	band: '#e4e1d9',
	muted: '#a09d95',
	earlier: '#6b6a66',
	ground: '#ffffff',
	categories: ['#0a5f7a', '#c68516', '#7487f2', '#721627', '#6d6610', '#289b9b'],
	face: 'Source Sans 3'
};
