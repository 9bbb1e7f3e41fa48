import { expect, test } from 'vitest';
import { DefinitionError, readYaml } from '#lib/catalogue/source.ts';
import { plain, type Inline } from '#lib/notebook/inline.ts';
import { readPlot, renderPlot, writtenPlot } from '#lib/notebook/plot-spec.ts';

const head = 'from: t\ntitle: t\nalt: a\n';
const read = (yaml: string) => readPlot(readYaml('chart', head + yaml, writtenPlot).value);

/** The faults of a chart, each with its line. */
function faults(yaml: string): string[] {
	try {
		read(yaml);
		return [];
	} catch (error) {
		if (!(error instanceof DefinitionError)) throw error;
		return error.faults.map(({ line, message }) => `${line} ${message}`);
	}
}

const wrong: [title: string, yaml: string, says: string][] = [
	[
		'a mark that there is not',
		'marks:\n  - linY: { x: a, y: b }',
		'5 marks: 0: linY is no key that is known here; did you mean lineY?'
	],
	[
		'a key that the mark meant does not know, at its own line',
		'marks:\n  - lineY:\n      x: a\n      y: b\n      storke: c',
		'8 marks: 0.lineY: storke is no key that is known here; did you mean stroke?'
	],
	[
		'a channel that is missing',
		'marks:\n  - lineY: { x: a }',
		'5 marks: 0.lineY.y: is needed: a column, a number, a day (YYYY-MM-DD) or a value ({table.column})'
	],
	[
		'a colour of its own',
		'marks:\n  - lineY: { x: a, y: b, stroke: "#f00" }',
		'5 marks: 0.lineY.stroke: has to be a column or one of accent, attention, ink, soft, muted: colours follow the page and the paper'
	],
	[
		'an area with one edge',
		'marks:\n  - areaY: { x: a, y1: b }',
		'5 marks: 0.areaY: areaY needs either y, or y1 and y2'
	],
	[
		'two marks under one dash',
		'marks:\n  - { dot: { x: a }, ruleY: { y: 1 } }',
		'5 marks: 0: one mark has one name, and this has dot and ruleY: begin the second with a dash of its own'
	],
	[
		'a scale that there is not',
		'marks: [{ dot: { x: a } }]\nx:\n  type: lnear',
		'6 x: type: has to be one of linear, log, sqrt, time, band, point; did you mean linear?'
	],
	[
		'a facet without a column',
		'marks: [{ dot: { x: a } }]\nfacet: { columns: 2 }',
		'5 facet: a facet needs x or y: a column'
	],
	['no marks at all', 'marks: []', '4 marks: has to hold a mark'],
	[
		'more bins than can be seen',
		'marks:\n  - bin: { x: a, bins: 900 }',
		'5 marks: 0.bin.bins: has to be 2–200'
	]
];

test.for(wrong)('%s is told at its line', ([, yaml, says]) => {
	expect(faults(yaml)).toContain(says);
});

test('a place is a column, a number, a day or a value', () => {
	const [mark] = read("marks: [{ link: { x1: a, x2: 0.5, y1: '2026-01', y2: '{change.day}' } }]").marks;
	expect(mark?.channels).toMatchObject({
		x1: { column: 'a' },
		x2: { value: 0.5 },
		y1: { value: '2026-01' },
		y2: { source: { table: 'change', column: 'day' } }
	});
});

test('a value stands for its place, and one that is no place is a fault', () => {
	const spec = read("marks: [{ ruleX: { x: '{change.day}', label: { sv: bytet, en: the change } } }]");
	const words = (locale: 'sv' | 'en') => (each: Parameters<Parameters<typeof renderPlot>[1]>[0]) =>
		plain((each[0]?.[locale] ?? []) as Inline<{ text: string }>[]);
	const shown = renderPlot(spec, words('en'), () => '2026-05-04');
	expect(shown.marks[0]).toMatchObject({ channels: { x: { value: '2026-05-04' } }, label: 'the change' });
	expect(() => renderPlot(spec, words('sv'), () => 'i maj')).toThrow('is no place in a chart');
});
