import { expect, test } from 'vitest';
import { drawnPlot, monthRows } from './plot-written.ts';

const accent = '#0a5f7a';
const number = (element: Element | undefined, name: string) => Number(element?.getAttribute(name));

test('lineY draws a line for each name, in its own colour, and names it at its end', () => {
	const { all, texts } = drawnPlot(
		'marks: [{ lineY: { x: birth_month, y: share, stroke: region } }]',
		monthRows
	);
	const lines = all('path').filter(
		(path) => path.getAttribute('stroke')?.startsWith('#') && path.getAttribute('d')?.startsWith('M')
	);
	expect(lines.map((path) => path.getAttribute('stroke'))).toEqual(
		expect.arrayContaining([accent, '#c68516'])
	);
	expect(texts).toEqual(expect.arrayContaining(['Norra', 'Södra']));
});

test('a month without a number is a gap, and a point between two gaps is a dot', () => {
	const { all } = drawnPlot('marks: [{ lineY: { x: birth_month, y: share, stroke: region } }]', monthRows);
	const [norra, sodra] = ['#0a5f7a', '#c68516'].map((colour) => all(`circle[fill="${colour}"]`));
	expect(norra).toHaveLength(0);
	expect(sodra).toHaveLength(2);
});

test('areaY fills between two columns', () => {
	const { all } = drawnPlot(
		'marks: [{ areaY: { x: birth_month, y1: share, y2: births } }]',
		monthRows.slice(0, 3)
	);
	const d =
		all('path[fill="#e4e1d9"]')[0]?.getAttribute('d') ??
		all('g[fill="#e4e1d9"] path')[0]?.getAttribute('d') ??
		'';
	expect(d).toMatch(/Z$/);
	expect(d.match(/[ML]/g)).toHaveLength(6);
});

test('barY is as high as its number, and bars of one place stand on each other', () => {
	const { all } = drawnPlot('marks: [{ barY: { x: birth_month, y: births, fill: region } }]', monthRows);
	const bars = all('rect').filter((rect) => number(rect, 'height') > 13);
	expect(bars).toHaveLength(6);
	const [january, , , southern] = bars;
	expect(number(january, 'height') / number(southern, 'height')).toBeCloseTo(3, 1);
	expect(number(southern, 'y') + number(southern, 'height')).toBeCloseTo(number(january, 'y'), 0);
	expect(number(southern, 'x')).toBe(number(january, 'x'));
});

test('grouped bars stand beside each other on one ground', () => {
	const { all } = drawnPlot(
		'marks: [{ barY: { x: birth_month, y: births, fill: region, stack: grouped } }]',
		monthRows
	);
	const bars = all('rect').filter((rect) => number(rect, 'height') > 13);
	const feet = new Set(bars.map((bar) => Math.round(number(bar, 'y') + number(bar, 'height'))));
	expect(feet.size).toBe(1);
	expect(new Set(bars.map((bar) => bar.getAttribute('x'))).size).toBe(6);
});

test('shares of a stack fill it', () => {
	const { texts, all } = drawnPlot(
		'marks: [{ barY: { x: birth_month, y: births, fill: region, stack: share } }]\ny: { percent: true }',
		monthRows
	);
	expect(texts).toContain('100\u00a0%');
	const tops = all('rect').filter((rect) => number(rect, 'height') > 13);
	const months = Map.groupBy(tops, (rect) => rect.getAttribute('x'));
	const heights = [...months.values()].map((rects) =>
		Math.round(rects.reduce((sum, rect) => sum + number(rect, 'height'), 0))
	);
	expect(new Set(heights).size).toBe(1);
});

test('barX goes from the left, and sort orders its names', () => {
	const rows = monthRows.slice(0, 3).map((row, at) => ({ ...row, name: ['B', 'C', 'A'][at] ?? '' }));
	const { texts, all } = drawnPlot(
		'marks: [{ barX: { y: name, x: births, sort: -births, labels: true } }]',
		rows
	);
	expect(texts.filter((text) => /^[ABC]$/.test(text))).toEqual(['A', 'B', 'C']);
	expect(new Set(all('rect').map((bar) => bar.getAttribute('x'))).size).toBe(1);
	expect(texts).toContain('1\u202f300');
});

test('dots lie where their numbers are, and their areas are as their sizes', () => {
	const { all } = drawnPlot('marks: [{ dot: { x: births, y: share, r: births } }]', monthRows);
	const dots = all('circle');
	expect(dots).toHaveLength(5);
	// the largest lie below the others
	const [most, next] = dots;
	expect(number(most, 'cx')).toBeGreaterThan(number(next, 'cx'));
	expect(number(most, 'cy')).toBeLessThan(number(next, 'cy'));
	expect((number(next, 'r') / number(most, 'r')) ** 2).toBeCloseTo(1200 / 1300, 2);
});

test('a rule of one number is drawn once, dashed, with its name', () => {
	const { all, texts } = drawnPlot(
		'marks: [{ dot: { x: births, y: share } }, { ruleY: { y: 0.95, dash: true, label: { sv: mål, en: target } } }]',
		monthRows
	);
	expect(all('line[stroke-dasharray], g[stroke-dasharray] line')).toHaveLength(1);
	expect(texts).toContain('mål');
});

test('ticks, rects, links and arrows are one for each row', () => {
	const count = (mark: string, selector: string) =>
		drawnPlot(`marks: [${mark}]\nx: { grid: false }\ny: { grid: false }`, monthRows).all(selector).length;
	expect(count('{ tickX: { x: births, y: region, stroke: attention } }', 'g[stroke="#b3400e"] line')).toBe(6);
	expect(count('{ rect: { x1: share, x2: births, fill: attention } }', 'g[fill="#b3400e"] rect')).toBe(5);
	expect(
		count('{ link: { x1: 0, x2: births, y1: 0, y2: births, stroke: attention } }', 'g[stroke="#b3400e"] path')
	).toBe(6);
	expect(
		count(
			'{ arrow: { x1: 0, x2: births, y1: 0, y2: births, stroke: attention } }',
			'g[stroke="#b3400e"] path'
		)
	).toBe(6);
});

test('cells are as dark as their numbers, and can say them', () => {
	const { all, texts } = drawnPlot(
		'marks: [{ cell: { x: birth_month, y: region, fill: share, labels: true } }]\ncolor: { percent: true }',
		monthRows
	);
	const cells = all('rect');
	expect(cells).toHaveLength(6);
	expect(cells[2]?.getAttribute('fill')).toBe(accent);
	expect(cells[4]?.getAttribute('fill')).toBe('none');
	expect(texts).toEqual(expect.arrayContaining(['90\u00a0%', '100\u00a0%', '–']));
});

test('bin counts rows, or what they weigh', () => {
	const rows = [1, 1, 2, 3, 3, 3].map((days, at) => ({ days, n: at + 1 }));
	const heights = (mark: string) =>
		drawnPlot(`marks: [{ bin: { x: days, bins: 3${mark} } }]`, rows)
			.all('rect')
			.map((rect) => number(rect, 'height') + 1);
	const [ones = 0, twos = 0, threes = 0] = heights('');
	expect(ones / twos).toBeCloseTo(2, 1);
	expect(threes / twos).toBeCloseTo(3, 1);
	const [weighed = 0, , most = 0] = heights(', weight: n');
	expect(most / weighed).toBeCloseTo(5, 1);
});

test('a box goes from quartile to quartile, with a mark at the median and dots beyond its whiskers', () => {
	const rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map((days) => ({ days, region: 'Norra' }));
	const { all } = drawnPlot('marks: [{ boxY: { x: region, y: days } }]\ny: { domain: [0, 100] }', rows, {
		height: 400
	});
	expect(all('rect')).toHaveLength(1);
	expect(all('circle')).toHaveLength(1);
	const [box] = all('rect');
	const scale = number(box, 'height') / (7.75 - 3.25);
	expect(number(box, 'y') + number(box, 'height') - number(all('circle')[0], 'cy')).toBeCloseTo(
		(100 - 3.25) * scale,
		-1
	);
});

test('regressionY draws the line of least squares', () => {
	const rows = [0, 1, 2, 3].map((x) => ({ x, y: 2 * x + 1 }));
	const { all } = drawnPlot(
		'marks: [{ regressionY: { x: x, y: y, stroke: attention } }, { dot: { x: x, y: y } }]',
		rows
	);
	const points = all('circle').map((dot) => [number(dot, 'cx'), number(dot, 'cy')]);
	const d = all('path[stroke="#b3400e"], g[stroke="#b3400e"] path')[0]?.getAttribute('d') ?? '';
	const ends = [...d.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
	expect(ends[0]?.[1]).toBeCloseTo(points[0]?.[1] ?? NaN, 0);
	expect(ends[1]?.[1]).toBeCloseTo(points[3]?.[1] ?? NaN, 0);
});

test('text stands at its place, as its format says', () => {
	const { texts } = drawnPlot(
		'marks: [{ text: { x: births, y: share, text: share, format: share 0 } }]',
		monthRows
	);
	expect(texts).toEqual(expect.arrayContaining(['95\u00a0%', '100\u00a0%']));
});

test('filter leaves rows out', () => {
	expect(
		drawnPlot('marks: [{ dot: { x: births, y: births, filter: named } }]', monthRows).all('circle')
	).toHaveLength(3);
});
