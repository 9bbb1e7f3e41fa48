import { z } from 'zod';
import { name, writtenCards, writtenChart, writtenTable, type SourceBlock } from './block.ts';
import { nearest, type Fault } from './fault.ts';
import { placedPlot, plotOf } from './placed-plot.ts';
import { namePattern } from './table.ts';
import { reading, type Reading } from './words.ts';
import type { CardSpec, ChartSpec, TableSpec } from './spec.ts';
import { readBySchema, readYamlText } from './yaml-text.ts';

/** What can stand in a fence. */
export const fences = ['sql', 'chart', 'table', 'cards', 'inputs', 'include', 'code'] as const;

/** The name of another notebook, as an include writes it. */
const notebookName = /^[a-z][a-z0-9-]*$/;

const writtenInputs = z
	.array(name, { error: 'a list of names of parameters, each after a hyphen; or nothing, for all' })
	.min(1)
	.nullable();

/**
 * The block of a fence, which begins on the given line; or faults in its place, each at its line.
 *
 * @param kind the word after the three backticks, and `named` what follows it
 */
export function readFence(
	kind: string,
	named: string,
	inner: string,
	line: number
): { block?: SourceBlock; faults: Fault[] } {
	const faults: Fault[] = [];
	const yaml = () => readYamlText(inner, line + 1);
	const read = <T>(
		text: ReturnType<typeof yaml>,
		schema: z.ZodType<T>,
		block: (written: T, reader: Reading) => SourceBlock | undefined
	) => {
		// what is wrong on no line of its own is wrong with the block
		const found = readBySchema(text, schema);
		if (found.value === undefined && found.faults.length) return { faults: found.faults };
		const made = block(found.value as T, reading(text.lineAt, faults));
		return faults.length || !made ? { faults } : { block: made, faults };
	};
	const wrong = (message: string) => ({ faults: [{ line, message }] });
	if (named !== '' && kind !== 'sql' && kind !== 'include' && fences.some((each) => each === kind))
		return wrong(`nothing stands after \`\`\`${kind}: what belongs to the block stands on the lines below`);
	switch (kind) {
		case 'sql':
			if (!namePattern.test(named))
				return wrong('an sql block needs a name of small letters, digits and low lines: ```sql births');
			if (inner.trim() === '') return wrong(`the sql block ${named} is empty: write a select`);
			return { block: { line, kind, name: named, sql: inner.trimEnd().replace(/;$/, '') }, faults };
		case 'include':
			if (!notebookName.test(named))
				return wrong('an include needs the name of a notebook: ```include method');
			if (inner.trim() !== '') return wrong(`nothing stands inside an include: end it on the next line`);
			return { block: { line, kind, name: named }, faults };
		case 'inputs':
			return read(yaml(), writtenInputs, (names) => ({ line, kind, names }));
		case 'code':
			return { block: { line, kind, text: inner }, faults };
		case 'chart': {
			const text = yaml();
			return isOfMarks(text.value)
				? read(text, placedPlot, (written, reader) => plotOf(written, reader, line, faults))
				: read(text, writtenChart, (written, reader) => ({
						line,
						kind,
						spec: chartOf(written, reader)
					}));
		}
		case 'table':
			return read(yaml(), writtenTable, (written, reader) => ({
				line,
				kind,
				spec: tableOf(written, reader)
			}));
		case 'cards':
			return read(yaml(), writtenCards, (written, reader) => ({
				line,
				kind,
				cards: cardsOf(written, reader)
			}));
		default:
			return wrong(
				kind === ''
					? `a block says what it is: one of ${fences.map((each) => `\`\`\`${each}`).join(', ')}`
					: `no block is called “${kind}”${nearest(kind, fences)}; there are ${fences.join(', ')}`
			);
	}
}

const isOfMarks = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !('kind' in value) && 'marks' in value;

function chartOf(
	{ title, alt, note, sheet, set, ...spec }: z.infer<typeof writtenChart>,
	reader: Reading
): ChartSpec {
	return {
		...spec,
		title: reader.words(title, ['title']),
		alt: reader.words(alt, ['alt']),
		note: reader.optional(note, ['note']),
		sheet: reader.optional(sheet, ['sheet']),
		set: reader.settings(set, ['set'])
	};
}

function tableOf(
	{ columns, sort, match: matched, ...written }: z.infer<typeof writtenTable>,
	reader: Reading
): TableSpec {
	return {
		from: written.from,
		title: reader.words(written.title, ['title']),
		intro: reader.optional(written.intro, ['intro']),
		note: reader.optional(written.note, ['note']),
		empty: reader.optional(written.empty, ['empty']),
		sheet: reader.optional(written.sheet, ['sheet']),
		mark: written.mark,
		dense: written.dense,
		rows: written.rows,
		match: matched,
		sort: sort.map((each) => ({ column: each.replace('-', ''), descending: each.startsWith('-') })),
		columns: columns.map(({ label, definition, format, from_zero: fromZero, total, ...column }, at) => {
			const path = ['columns', at];
			return {
				...column,
				fromZero,
				label: reader.words(label, [...path, 'label']),
				definition: reader.optional(definition, [...path, 'definition']),
				...reader.format(format, [...path, 'format']),
				total: total && 'words' in total ? { words: reader.words(total.words, [...path, 'total']) } : total
			};
		})
	};
}

function cardsOf(written: z.infer<typeof writtenCards>, reader: Reading): CardSpec[] {
	return written.map(({ label, value, note, mark }, at) => ({
		label: reader.words(label, [at, 'label']),
		value: reader.words(value, [at, 'value']),
		note: reader.optional(note, [at, 'note']),
		mark: reader.condition(mark, [at, 'mark'])
	}));
}
