import type { Text } from '#lib/notebook/model.ts';

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};

/** A text as HTML that is nothing but text, also inside an attribute. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/**
 * Running text as HTML. A footnote's number leads to its text, and the first mention of each can be led back to:
 * `mentioned` holds those that have been.
 */
export function inlineHtml(text: Text, mentioned: Set<number> = new Set()): string {
	return text
		.map((part): string => {
			switch (part.kind) {
				case 'text':
					return escaped(part.text);
				case 'value':
					return escaped(part.value.text);
				case 'strong':
					return `<strong>${inlineHtml(part.children, mentioned)}</strong>`;
				case 'emphasis':
					return `<em>${inlineHtml(part.children, mentioned)}</em>`;
				case 'code':
					return `<code>${escaped(part.text)}</code>`;
				case 'link':
					return `<a href="${escaped(part.href)}">${inlineHtml(part.children, mentioned)}</a>`;
				case 'break':
					return '<br>';
				case 'footnote': {
					const { number = 0 } = part;
					const id = mentioned.has(number) ? '' : ` id="mention-${number}"`;
					mentioned.add(number);
					return `<sup><a href="#note-${number}"${id}>${number}</a></sup>`;
				}
			}
		})
		.join('');
}
