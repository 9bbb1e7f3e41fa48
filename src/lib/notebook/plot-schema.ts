import { z } from 'zod';
import { nearest } from '#lib/catalogue/nearest.ts';
import { writtenWords } from './block.ts';
import { formats } from './formats.ts';
import { namePattern } from './table.ts';

/** The colours that a chart may be told by name; each follows the page, its dark twin, and paper. */
export const plotColours = ['accent', 'attention', 'ink', 'soft', 'muted'] as const;

/** A day or month, as SQL's dates come; or a value of a table, alone in its braces. */
export const dayPattern = /^\d{4}-\d{2}(-\d{2})?$/;
export const valuePattern = /^\{[^{}]+\}$/;

/** What a key has to be, as a sentence; where it is missing, that it is needed. */
const says =
	(expected: string) =>
	({ input }: { input?: unknown }) =>
		input === undefined ? `is needed: ${expected}` : `has to be ${expected}`;

const column = z.string({ error: says('a column') }).regex(namePattern, { error: 'has to be a column' });
const place = z.union(
	[z.number(), z.string().regex(namePattern), z.string().regex(dayPattern), z.string().regex(valuePattern)],
	{
		error: says('a column, a number, a day (YYYY-MM-DD) or a value ({table.column})')
	}
);
const colour = z.string({ error: says(`a column or one of ${plotColours.join(', ')}`) }).regex(namePattern, {
	error: `has to be a column or one of ${plotColours.join(', ')}: colours follow the page and the paper`
});
const bounded = (least: number, most: number) =>
	z
		.number({ error: says(`a number, ${least}–${most}`) })
		.min(least, { error: `has to be ${least}–${most}` })
		.max(most, { error: `has to be ${least}–${most}` });
const flag = z.boolean({ error: says('true or false') });
const choice = <const T extends readonly [string, ...string[]]>(words: T) =>
	z.enum(words, {
		error: ({ input }) =>
			`has to be one of ${words.join(', ')}${typeof input === 'string' ? nearest(input, words) : ''}`
	});
const format = z.string({ error: says('a format, as share or share 0') }).superRefine((written, context) => {
	const [name = '', argument = '', ...rest] = written.split(/\s+/);
	if (!Object.hasOwn(formats, name))
		context.addIssue({
			code: 'custom',
			message: `no format is called ${name}${nearest(name, Object.keys(formats))}; there are ${Object.keys(formats).join(', ')}`
		});
	else if (rest.length || !/^\d?$/.test(argument))
		context.addIssue({
			code: 'custom',
			message: `${written} is no format: write a name, or a name and a number of decimals`
		});
});

/** What every mark can be told. */
const common = {
	opacity: bounded(0, 1).optional(),
	filter: column.optional().describe('The column of truth values that says which rows are drawn'),
	sort: z
		.string({ error: says('a column, with - before it for the greatest first') })
		.regex(/^-?[a-z][a-z0-9_]*$/, { error: 'has to be a column, with - before it for the greatest first' })
		.optional()
		.describe('The column by which the rows are ordered, and so the names along an axis'),
	title: column.optional().describe('The column with what is said where the pointer rests')
};
const lined = {
	stroke: colour.optional(),
	width: bounded(0.5, 8).optional(),
	dash: flag.optional()
};
const labelled = { label: writtenWords.optional().describe('What stands beside the mark') };
const spanX = { x1: place.optional(), x2: place.optional() };
const spanY = { y1: place.optional(), y2: place.optional() };
const box = { width: bounded(0.1, 1).optional(), fill: colour.optional() };

const bar = {
	fill: colour.optional(),
	stack: choice(['stacked', 'grouped', 'share']).optional(),
	labels: flag.optional().describe('The numbers at the ends of the bars'),
	...common
};
const line = {
	x: place,
	y: place,
	z: column.optional(),
	points: flag.optional(),
	curve: choice(['straight', 'step', 'smooth']).optional(),
	...lined,
	...labelled,
	...common
};

const told = <Shape extends z.ZodRawShape>(shape: Shape) =>
	z.strictObject(shape, {
		error: ({ code }) =>
			code === 'invalid_type' ? 'what a mark is told is written { x: …, y: … }' : undefined
	});

/** Every mark, with what it can be told. */
export const markSchemas = {
	lineY: told(line),
	line: told(line),
	areaY: told({
		x: place,
		y: place.optional(),
		...spanY,
		z: column.optional(),
		fill: colour.optional(),
		stack: choice(['stacked', 'share']).optional(),
		curve: line.curve,
		...labelled,
		...common
	}),
	barY: told({ x: place, y: place.optional(), ...spanY, ...bar }),
	barX: told({ y: place, x: place.optional(), ...spanX, ...bar }),
	dot: told({
		x: place.optional(),
		y: place.optional(),
		r: z
			.union([z.number().min(0.5).max(30), z.string().regex(namePattern)], {
				error: says('a column or a number, 0.5–30')
			})
			.optional(),
		fill: colour.optional(),
		stroke: colour.optional(),
		...labelled,
		...common
	}),
	text: told({
		x: place.optional(),
		y: place.optional(),
		text: column.optional(),
		format: format.optional(),
		fill: colour.optional(),
		bold: flag.optional(),
		place: choice(['above', 'below', 'left', 'right', 'over']).optional(),
		...labelled,
		...common
	}),
	tickX: told({ x: place, y: place.optional(), ...lined, ...common }),
	tickY: told({ y: place, x: place.optional(), ...lined, ...common }),
	ruleX: told({ x: place, ...spanY, ...lined, ...labelled, ...common }),
	ruleY: told({ y: place, ...spanX, ...lined, ...labelled, ...common }),
	rect: told({
		...spanX,
		...spanY,
		fill: colour.optional(),
		stroke: colour.optional(),
		...common
	}),
	cell: told({ x: place, y: place, fill: colour.optional(), labels: flag.optional(), ...common }),
	bin: told({
		x: place,
		bins: z
			.int({ error: says('a whole number, 2–200') })
			.min(2, { error: 'has to be 2–200' })
			.max(200, { error: 'has to be 2–200' })
			.optional(),
		weight: column.optional().describe('The column that says how many each row stands for'),
		fill: colour.optional(),
		share: flag.optional().describe('Parts of the whole instead of numbers'),
		...common
	}),
	boxY: told({ x: place.optional(), y: place, ...box, ...common }),
	boxX: told({ y: place.optional(), x: place, ...box, ...common }),
	regressionY: told({ x: place, y: place, z: column.optional(), ...lined, ...labelled, ...common }),
	link: told({ x1: place, y1: place, x2: place, y2: place, ...lined, ...common }),
	arrow: told({ x1: place, y1: place, x2: place, y2: place, ...lined, ...common })
};

export type MarkName = keyof typeof markSchemas;
export const markNames = Object.keys(markSchemas) as MarkName[];

/** One mark under its name. What is wrong in it is told of the mark that was meant, as there is no other under that name. */
const mark = z
	.strictObject(
		Object.fromEntries(markNames.map((name) => [name, markSchemas[name].optional()])) as {
			[name in MarkName]: z.ZodOptional<(typeof markSchemas)[name]>;
		},
		{
			error: ({ code }) =>
				code === 'invalid_type' ? 'a mark is written as lineY: { x: …, y: … }' : undefined
		}
	)
	.superRefine((written, context) => {
		const names = Object.keys(written);
		if (names.length !== 1)
			context.addIssue({
				code: 'custom',
				message: names.length
					? `one mark has one name, and this has ${names.join(' and ')}: begin the second with a dash of its own`
					: `a mark is one of ${markNames.join(', ')}`
			});
		for (const problem of incomplete(written)) context.addIssue({ code: 'custom', ...problem });
	});

/** What a mark lacks that can be said in more than one way. */
function incomplete(
	written: Partial<Record<MarkName, object | undefined>>
): { path: PropertyKey[]; message: string }[] {
	return Object.entries(written).flatMap(([name, options]) => {
		const has = (...keys: string[]) => keys.every((key) => Reflect.get(options ?? {}, key) !== undefined);
		const lacks = (message: string) => [{ path: [name], message: `${name} needs ${message}` }];
		const either = (axis: 'x' | 'y') =>
			has(axis) === (has(`${axis}1`) || has(`${axis}2`)) || (!has(axis) && !has(`${axis}1`, `${axis}2`))
				? lacks(`either ${axis}, or ${axis}1 and ${axis}2`)
				: [];
		const both = (axis: 'x' | 'y') =>
			has(`${axis}1`) === has(`${axis}2`) ? [] : lacks(`both ${axis}1 and ${axis}2, or neither`);
		switch (name) {
			case 'areaY':
			case 'barY':
				return either('y');
			case 'barX':
				return either('x');
			case 'dot':
				return has('x') || has('y') ? [] : lacks('x or y');
			case 'text':
				return has('text') === has('label') ? lacks('either text (a column) or label (a text)') : [];
			case 'ruleX':
				return both('y');
			case 'ruleY':
				return both('x');
			case 'rect':
				if (!has('x1') && !has('y1')) return lacks('x1 and x2, or y1 and y2, or all four');
				return [...both('x'), ...both('y')];
			default:
				return [];
		}
	});
}

const end = z.union([z.number(), z.string().min(1)], { error: says('a number, a day or a name') });
const axis = z.strictObject({
	type: choice(['linear', 'log', 'sqrt', 'time', 'band', 'point']).optional(),
	domain: z
		.array(end, { error: says('a list') })
		.min(1)
		.max(500)
		.optional()
		.describe('The ends, or all the names in their order'),
	label: writtenWords.optional(),
	percent: flag.optional(),
	grid: flag.optional(),
	zero: flag.optional().describe('Begins at 0'),
	reverse: flag.optional(),
	axis: flag.optional().describe('false: no axis is drawn'),
	ticks: z
		.union([z.int().min(2).max(30), z.array(end).min(1).max(60)], {
			error: says('a number, 2–30, or a list of places')
		})
		.optional(),
	format: format.optional()
});

/** A chart in its own words: marks of a table's rows, on scales. */
export const writtenPlot = z.strictObject({
	from: z
		.string({ error: says('the name of a table') })
		.regex(namePattern, { error: 'has to be the name of a table' })
		.describe('The table that it draws'),
	title: writtenWords.describe('What the chart shows, as a sentence'),
	alt: writtenWords.describe('What a screen reader says instead of the picture'),
	note: writtenWords.optional(),
	sheet: writtenWords
		.optional()
		.describe('The name of the sheet of its numbers, where the title is too long'),
	height: bounded(0.1, 2).optional().describe('Its height, as a part of its width'),
	marks: z
		.array(mark, { error: says('a list of marks') })
		.min(1, { error: 'has to hold a mark' })
		.max(20, { error: 'holds at most 20' }),
	facet: z
		.strictObject({
			x: column.optional(),
			y: column.optional(),
			columns: z.int().min(1).max(12).optional().describe('How many stand beside each other; needs x alone')
		})
		.superRefine(({ x, y, columns }, context) => {
			if (x === undefined && y === undefined)
				context.addIssue({ code: 'custom', message: 'a facet needs x or y: a column' });
			if (columns !== undefined && (x === undefined || y !== undefined))
				context.addIssue({ code: 'custom', path: ['columns'], message: 'columns goes with x alone' });
		})
		.optional()
		.describe('Small charts of their own for each value of a column'),
	x: axis.optional(),
	y: axis.optional(),
	color: z
		.strictObject({
			type: choice(['linear', 'log', 'sqrt']).optional(),
			domain: z
				.array(end, { error: says('a list') })
				.min(1)
				.max(40)
				.optional(),
			range: z
				.array(choice(plotColours), { error: says('a list of colours') })
				.min(1)
				.max(40)
				.optional(),
			scheme: choice(['accent', 'attention', 'grey', 'diverging']).optional(),
			legend: flag.optional(),
			label: writtenWords.optional(),
			percent: flag.optional(),
			format: format.optional(),
			reverse: flag.optional()
		})
		.optional(),
	labels: z
		.record(z.string().regex(namePattern), writtenWords)
		.optional()
		.describe('What columns are called in the table of the numbers')
});
