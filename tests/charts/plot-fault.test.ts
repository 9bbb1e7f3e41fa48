import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawPlot } from '#lib/charts/plot-drawing.ts';
import { plotTable } from '#lib/charts/plot-table.ts';
import { plotFault } from '#lib/charts/plot-prepared.ts';
import { chartSvg } from '#lib/server/export/chart-svg.ts';
import { readPlot, renderPlot, writtenPlot } from '#lib/notebook/plot-spec.ts';
import type { Cell, Row } from '#lib/notebook/table.ts';
import { faultOf, monthRows } from './plot-written.ts';

const wrong: { title: string; yaml: string; says: string; rows?: Row[] }[] = [
	{
		title: 'a column that the table lacks, with the one that was meant',
		yaml: 'marks: [{ lineY: { x: birth_month, y: shore } }]',
		says: 'the table has no column shore; did you mean share?'
	},
	{
		title: 'a text where a number belongs, with its row and what to do',
		yaml: 'marks: [{ barY: { x: birth_month, y: region } }]',
		says: 'barY: y takes numbers, and the column region holds texts, as “Norra” in row 1: take another column, or cast this one in the SQL'
	},
	{
		title: 'a column of two kinds, with the row that differs',
		yaml: 'marks: [{ dot: { x: a, y: a } }]',
		rows: [{ a: 1 }, { a: 'n/a' }],
		says: 'the column a holds numbers and, in row 2, “n/a”: a chart needs one kind in a column; cast it, or leave such rows out'
	},
	{
		title: 'nothing where a log scale has no place for it',
		yaml: 'marks: [{ dot: { x: a, y: a } }]\nx: { type: log }',
		rows: [{ a: 1 }, { a: 0 }],
		says: 'x: a log scale has no place for 0 or less, and there is 0: leave such rows out, or take sqrt'
	},
	{
		title: 'two kinds on one axis',
		yaml: 'marks: [{ dot: { x: births, y: share } }, { ruleX: { x: "2026-01-01" } }]',
		says: 'x: numbers and days (“2026-01-01”) cannot stand on one axis: let all marks have columns of one kind there'
	},
	{
		title: 'a format that does not fit',
		yaml: 'marks: [{ dot: { x: births, y: share } }]\ny: { format: month }',
		says: 'the format month: 0.8 is not a day'
	},
	{
		title: 'a domain of one end',
		yaml: 'marks: [{ dot: { x: births, y: share } }]\ny: { domain: [0] }',
		says: 'y: domain has to be two numbers that differ'
	},
	{
		title: 'a name of color: domain that there is not',
		yaml: 'marks: [{ dot: { x: births, y: share, fill: region } }]\ncolor: { domain: [Nora] }',
		says: 'color: domain names “Nora”, which region does not hold: it holds “Norra”, “Södra”'
	},
	{
		title: 'more names than colours',
		yaml: 'marks: [{ dot: { x: n, y: n, fill: name } }]',
		rows: Array.from({ length: 9 }, (_, n) => ({ n, name: `enhet ${n}` })),
		says: 'there are 6 colours to tell names apart, and name holds 9: name those to look at in color: domain (the others become grey), draw them with z and one stroke, or use facet'
	},
	{
		title: 'more marks than anybody can see',
		yaml: 'marks: [{ dot: { x: n, y: n } }]',
		rows: Array.from({ length: 20_001 }, (_, n) => ({ n })),
		says: 'the chart would draw 20001 marks, and 20000 is the most: sum the rows up in the SQL, or use bin, boxY or a filter'
	},
	{
		title: 'too many small charts',
		yaml: 'marks: [{ dot: { x: n, y: n } }]\nfacet: { x: n }',
		rows: Array.from({ length: 61 }, (_, n) => ({ n })),
		says: 'facet would make 61 small charts, and 60 is the most: take a column with fewer values'
	}
];

test.for(wrong)('a fault tells $title', ({ yaml, says, rows = monthRows }) => {
	expect(faultOf(yaml, rows)).toBe(says);
});

test('what can be drawn has no fault, also of 100,000 rows that become a histogram', () => {
	expect(faultOf('marks: [{ lineY: { x: birth_month, y: share } }]', monthRows)).toBeUndefined();
	const births = Array.from({ length: 100_000 }, (_, at) => ({ days: at % 90 }));
	expect(faultOf('marks: [{ bin: { x: days } }]', births)).toBeUndefined();
});

const columns = ['a', 'b', 'c'];
const place = fc.oneof(fc.constantFrom(...columns), fc.constantFrom(0, -3, 0.5, 1e9));
const colour = fc.constantFrom(...columns, 'accent', 'muted');
const spec = fc.record(
	{
		x: place,
		y: place,
		x1: place,
		x2: place,
		y1: place,
		y2: place,
		fill: colour,
		stroke: colour,
		z: fc.constantFrom(...columns),
		r: fc.constantFrom('a', 3),
		text: fc.constantFrom(...columns),
		title: fc.constantFrom(...columns),
		sort: fc.constantFrom('a', '-b'),
		filter: fc.constantFrom(...columns),
		weight: fc.constantFrom(...columns),
		stack: fc.constantFrom('stacked', 'grouped', 'share'),
		label: fc.constantFrom('en etikett'),
		labels: fc.boolean(),
		points: fc.boolean(),
		dash: fc.boolean(),
		bins: fc.constantFrom(2, 50),
		share: fc.boolean(),
		curve: fc.constantFrom('step', 'smooth'),
		place: fc.constantFrom('above', 'left')
	},
	{ requiredKeys: ['x', 'y'] }
);
const end = fc.constantFrom<string | number>(0, 1, -5, 100, '2026-01-01', 'x');
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 1 });
const axis = fc.record(
	{
		type: fc.constantFrom('linear', 'log', 'sqrt', 'time', 'band', 'point'),
		domain: fc.array(end, { minLength: 1, maxLength: 3 }),
		percent: fc.boolean(),
		grid: fc.boolean(),
		zero: fc.boolean(),
		reverse: fc.boolean(),
		axis: fc.boolean(),
		ticks: fc.oneof(fc.constantFrom(2, 30), fc.array(end, { minLength: 1, maxLength: 3 })),
		format: fc.constantFrom('share 0', 'month', 'count', 'text')
	},
	{ requiredKeys: [] }
);
const marks = [
	'lineY',
	'line',
	'areaY',
	'barY',
	'barX',
	'dot',
	'text',
	'tickX',
	'tickY',
	'ruleX',
	'ruleY',
	'rect',
	'cell',
	'bin',
	'boxY',
	'boxX',
	'regressionY',
	'link',
	'arrow'
];
const cell = (kind: string): fc.Arbitrary<Cell> =>
	kind === 'number'
		? fc.oneof(
				{ weight: 40, arbitrary: fc.constantFrom<Cell>(0, 1, -2, 0.25, 1e9, 2024, null, NaN, Infinity) },
				{ weight: 1, arbitrary: fc.constantFrom<Cell>(3e307, -1e308, 5e-324, 1e20) }
			)
		: kind === 'day'
			? fc.constantFrom<Cell>('2026-01-01', '2026-02-01', '2025-12-31', '0001-01-01', null)
			: kind === 'mixed'
				? fc.constantFrom<Cell>(1, 'text', true, null, [1, 2])
				: fc.constantFrom<Cell>('Norra', '<b>', '', '2026-13-45', null);
const table = fc
	.tuple(
		...columns.map(() =>
			fc.constantFrom('number', 'number', 'number', 'number', 'number', 'number', 'day', 'text', 'mixed')
		)
	)
	.chain(([a = '', b = '', c = '']) =>
		fc.array(fc.record({ a: cell(a), b: cell(b), c: cell(c) }), { maxLength: 8 })
	);

/** The keys that a mark knows, so that most of what is made is accepted. */
function fitting(mark: string, options: Record<string, unknown>): Record<string, unknown> {
	let kept = { ...options };
	for (let turn = 0; turn < 3; turn++) {
		const read = writtenPlot.safeParse({ from: 't', title: 't', alt: 't', marks: [{ [mark]: kept }] });
		if (read.success) return kept;
		const odd = new Set(
			read.error.issues.flatMap((issue) =>
				issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path.at(-1))]
			)
		);
		kept = Object.fromEntries(Object.entries(kept).filter(([key]) => !odd.has(key)));
	}
	return kept;
}

test('whatever the schema accepts is drawn, or is a fault: nothing else is thrown', () => {
	let drawn = 0;
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.constantFrom(...marks), spec), { minLength: 1, maxLength: 2 }),
			sometimes(axis),
			sometimes(axis),
			sometimes(fc.constantFrom({ x: 'c' }, { y: 'c' }, { x: 'c', columns: 2 }, { x: 'b', y: 'c' })),
			table,
			fc.constantFrom(200, 640),
			(made, x, y, facet, rows, width) => {
				const read = writtenPlot.safeParse({
					from: 't',
					title: 't',
					alt: 't',
					marks: made.map(([mark, options]) => ({ [mark]: fitting(mark, options) })),
					...(x ? { x } : {}),
					...(y ? { y } : {}),
					...(facet ? { facet } : {})
				});
				if (!read.success) return;
				const shown = renderPlot(
					readPlot(read.data),
					() => 'text',
					() => 1
				);
				if (plotFault(shown, columns, rows) !== undefined) return;
				drawn++;
				const svg = chartSvg((options) => drawPlot(rows, shown, { locale: 'sv', width, ...options }), {
					label: 'a',
					id: 'b'
				});
				expect(svg).not.toMatch(/NaN|Infinity|undefined|<b>/);
				plotTable(rows, shown, 'en', 3);
			}
		),
		{ seed: 20261123, numRuns: 500 }
	);
	expect(drawn).toBeGreaterThan(60);
});
