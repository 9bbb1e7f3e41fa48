import { isMap, isNode, isScalar, parseDocument } from 'yaml';
import { valuePattern } from './markdown.ts';

/**
 * A notebook's text with another title in its header, all else as it was written. A header that cannot be read, or has
 * no title, is left alone.
 */
export function retitle(text: string, title: string): string {
	const found = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text);
	if (!found) return text;
	const document = parseDocument(found[1] ?? '');
	if (document.errors.length || !isMap(document.contents)) return text;
	const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === 'title');
	const range = pair && isNode(pair.value) ? pair.value.range : undefined;
	if (!range) return text;
	const begin = '---\n'.length;
	const before = text.slice(0, begin + range[0]);
	const old = text.slice(begin + range[0], begin + range[1]);
	// a map that is written over several lines ends with the last of its line ends
	const after = (/\s*$/.exec(old)?.[0] ?? '') + text.slice(begin + range[1]);
	return `${before}${JSON.stringify(asText(title))}${after}`;
}

/** A title as it is typed, with what would be read as HTML or as a value that is none escaped. */
const asText = (title: string) =>
	title.replace(/<(?=[a-z/!?])|\{/gi, (sign, at: number) =>
		valuePattern.test(title.slice(at)) ? sign : `\\${sign}`
	);
