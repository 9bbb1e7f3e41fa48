import type { z } from 'zod';
import { match, type SourceBlock, type WrittenWords } from './block.ts';
import type { Fault } from './fault.ts';
import { readInline } from './inline.ts';
import { readPlot, writtenPlot, type WrittenPlot } from './plot-spec.ts';
import type { Reading } from './words.ts';

/** A chart of marks stands in the notebook as one of a kind does, and so can be in a loop too. */
export const placedPlot = writtenPlot.extend({ match });

/**
 * A chart of marks as a block, its texts and values read at their own lines. Undefined where anything in it is wrong,
 * which is noted in `faults`.
 */
export function plotOf(
	written: z.infer<typeof placedPlot>,
	reader: Reading,
	line: number,
	faults: readonly Fault[]
): SourceBlock | undefined {
	for (const { words, path } of wordsOfPlot(written)) reader.words(words, path);
	for (const { value, path } of valuesOfPlot(written)) reader.attempt(path, (at) => readInline(value, at));
	if (faults.length) return undefined;
	const { from, title, alt, note, sheet, height, match: matched } = written;
	const spec = reader.attempt([], () => readPlot(written));
	return (
		spec && {
			line,
			kind: 'plot',
			spec: {
				...spec,
				from,
				height,
				match: matched,
				title: reader.words(title, ['title']),
				alt: reader.words(alt, ['alt']),
				note: reader.optional(note, ['note']),
				sheet: reader.optional(sheet, ['sheet'])
			}
		}
	);
}

type Placed = { path: PropertyKey[] };

/** The texts inside a chart of marks, each with its place: there a mistake is told. */
function wordsOfPlot({ marks, x, y, color, labels }: WrittenPlot): (Placed & { words: WrittenWords })[] {
	const texts: (Placed & { words: WrittenWords | undefined })[] = [
		...marks.flatMap((mark, at) =>
			Object.entries(mark).map(([kind, options]) => ({
				path: ['marks', at, kind, 'label'],
				words: options && 'label' in options ? options.label : undefined
			}))
		),
		...Object.entries({ x, y, color }).map(([key, scale]) => ({ path: [key, 'label'], words: scale?.label })),
		...Object.entries(labels ?? {}).map(([key, words]) => ({ path: ['labels', key], words }))
	];
	return texts.flatMap(({ path, words }) => (words === undefined ? [] : [{ path, words }]));
}

/** The values of tables by which marks are placed. */
function valuesOfPlot({ marks }: WrittenPlot): (Placed & { value: string })[] {
	return marks.flatMap((mark, at) =>
		Object.entries(mark).flatMap(([kind, options]) =>
			Object.entries(options ?? {}).flatMap(([key, value]: [string, unknown]) =>
				typeof value === 'string' && value.startsWith('{') ? [{ path: ['marks', at, kind, key], value }] : []
			)
		)
	);
}
