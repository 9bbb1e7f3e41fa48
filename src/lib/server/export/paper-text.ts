import type { Inline } from '#lib/notebook/inline.ts';
import type { Shown, Text } from '#lib/notebook/model.ts';

/** Running text as the template reads it: texts, and objects for what is more than that. */
export function parts(text: Text): unknown[] {
	return text.map((part: Inline<Shown>) => {
		switch (part.kind) {
			case 'text':
				return part.text;
			case 'value':
				return part.value.text;
			case 'strong':
			case 'emphasis':
				return { kind: part.kind, parts: parts(part.children) };
			case 'footnote':
				return { kind: part.kind, number: part.number };
			case 'link':
				return { kind: part.kind, href: part.href, parts: parts(part.children) };
			default:
				return part;
		}
	});
}
