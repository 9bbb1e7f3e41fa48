import type { Locale } from '#lib/catalogue/text.ts';
import type { SourceBlock } from './block.ts';
import type { Inline } from './inline.ts';

/** The footnotes of a notebook in one language, by name; and, shared with what it includes, their order of mention. */
export type Footnotes = {
	texts: ReadonlyMap<string, { line: number; text: Inline[] }>;
	mentioned: { line: number; text: Inline[] }[];
};

/** The footnotes that stand in these blocks, for readers of a language. `mentioned` is shared with the whole notebook. */
export function footnotesOf(
	blocks: readonly SourceBlock[],
	locale: Locale,
	mentioned: Footnotes['mentioned'] = []
): Footnotes {
	const texts = new Map<string, { line: number; text: Inline[] }>();
	const walk = (each: readonly SourceBlock[]) => {
		for (const block of each) {
			if (block.kind === 'footnote') texts.set(block.name, { line: block.line, text: block.text });
			else if (block.kind === 'list') for (const item of block.items) walk(item);
			// another notebook's footnotes are its own, and another language's are for its readers
			else if (block.kind === 'included' || (block.kind === 'language' && block.locale !== locale)) continue;
			else if ('blocks' in block) walk(block.blocks);
		}
	};
	walk(blocks);
	return { texts, mentioned };
}

/** The number of a footnote, counted in the order in which they are mentioned; undefined where there is none. */
export function footnoteNumber({ texts, mentioned }: Footnotes, name: string): number | undefined {
	const found = texts.get(name);
	if (!found) return undefined;
	const before = mentioned.indexOf(found);
	return before >= 0 ? before + 1 : mentioned.push(found);
}
