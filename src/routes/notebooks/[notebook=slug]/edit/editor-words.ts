import type { z } from 'zod';
import { roles, writtenCards, writtenChart, writtenTable } from '#lib/notebook/block.ts';
import { formats } from '#lib/notebook/formats.ts';
import { locales } from '#lib/catalogue/text.ts';
import type { NotebookWords, Offer } from './completions.ts';

const named = (labels: readonly string[]): Offer[] => labels.map((label) => ({ label }));

/** The keys of a block's YAML, with what is said of each. */
const keysOf = (block: { shape: Record<string, unknown> }): Offer[] =>
	Object.entries(block.shape).map(([label, of]) => {
		const about = (of as z.ZodType).description;
		return { label, apply: `${label}: `, ...(about && { about }) };
	});

const columnKeys = keysOf(writtenTable.shape.columns.element);
const header = [
	'title',
	'overline',
	'subtitle',
	'footer',
	'audience',
	'source',
	'parameters',
	'definitions',
	'type',
	'label',
	'default',
	'choices'
];

/** What the editor offers besides SQL: the language of notebooks is told by the server, which reads it. */
export const editorWords = (): NotebookWords => ({
	fences: [{ label: 'sql', apply: 'sql name' }, ...named(['chart', 'table', 'cards', 'inputs', 'include'])],
	sections: named([...locales, ...roles, 'if', 'each']),
	formats: named(Object.keys(formats)),
	keys: {
		chart: keysOf(writtenChart),
		table: [...keysOf(writtenTable), ...columnKeys],
		cards: keysOf(writtenCards.element),
		header: header.map((label) => ({ label, apply: `${label}: ` }))
	}
});
