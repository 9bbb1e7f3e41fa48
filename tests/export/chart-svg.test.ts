import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { chartKinds } from '#lib/charts/kinds.ts';
import { pagePalette, paperPalette, type Palette } from '#lib/charts/palette.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import { samples } from '../charts/sample-rows.ts';

const drawn = (kind: string, palette: Palette = pagePalette, id = 'x') => {
	const chart = chartKinds[kind]?.read(samples[kind]?.rows, samples[kind]?.settings);
	if (!chart) throw new Error(kind);
	return chartSvg((place) => chart.draw({ locale: 'sv', ...place }), {
		label: 'Vad "bilden" visar',
		id,
		palette
	});
};

test.for(Object.keys(chartKinds))('%s keeps the content security policy of a page', (kind) => {
	expect(drawn(kind)).not.toMatch(/<style|\sstyle=|<script|\son\w+=|href=/);
});

test.for(Object.keys(chartKinds))('%s is one picture with one label to a screen reader', (kind) => {
	const { document } = parseHTML(`<body>${drawn(kind)}</body>`);
	expect(document.querySelectorAll('[role]')).toHaveLength(1);
	expect(document.querySelectorAll('[aria-label]')).toHaveLength(1);
	expect(document.querySelector('svg')?.getAttribute('aria-label')).toBe('Vad "bilden" visar');
	expect(document.querySelector('svg')?.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
});

test.for(Object.keys(chartKinds))(
	'%s takes its colours from the page, and on paper has them itself',
	(kind) => {
		expect(drawn(kind)).not.toMatch(/(fill|stroke)="#/);
		expect(drawn(kind)).toContain('var(--');
		expect(drawn(kind, paperPalette)).not.toContain('var(--');
	}
);

test('ids differ between the pictures of a page, and what points to them goes along', () => {
	const draw = ({ document }: { document: Document }) => {
		const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
		svg.innerHTML =
			'<clipPath id="plot-clip-7"><rect/></clipPath><g clip-path="url(#plot-clip-7)" fill="#abc"/>';
		return svg;
	};
	const svg = chartSvg(draw, { label: 'a', id: 'first' });
	expect(svg).toContain('id="first-0"');
	expect(svg).toContain('url(#first-0)');
	expect(svg).toContain('fill="#abc"');
});
