import { Marked } from 'marked';

/** A value in braces: table, column, format and its argument. */
export const valuePattern =
	/^\{\s*([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)\s*(?:\\?\|\s*([a-z_]+)(?:\s+([^}\s]+))?\s*)?\}/;

/** The name of a footnote, as in `[^1]` or `[^under-reporting]`. */
const footnotePattern = /^\[\^([^\]\s]{1,40})\]/;
const footnoteText = /^\[\^([^\]\s]{1,40})\]:[ \t]*([^\n]*(?:\n(?:[ \t]+\S[^\n]*))*)(?:\n|$)/;

/**
 * Markdown as notebooks are written in: GitHub's, values in braces, and footnotes. A brace that is none is written `\{`.
 */
export const markdown = new Marked({
	gfm: true,
	extensions: [
		{
			name: 'value',
			level: 'inline',
			start: (text) => text.indexOf('{'),
			tokenizer(text) {
				if (!text.startsWith('{')) return undefined;
				return {
					type: 'value',
					raw: valuePattern.exec(text)?.[0] ?? text.slice(0, 1),
					rest: text.slice(0, 40)
				};
			}
		},
		{
			name: 'footnote',
			level: 'inline',
			start: (text) => text.indexOf('[^'),
			tokenizer(text) {
				const [raw, name] = footnotePattern.exec(text) ?? [];
				return raw === undefined ? undefined : { type: 'footnote', raw, name };
			}
		},
		{
			name: 'footnoteText',
			level: 'block',
			start: (text) => /\n\[\^[^\]\n]+\]:/.exec(text)?.index,
			tokenizer(text) {
				const [raw, name, written = ''] = footnoteText.exec(text) ?? [];
				if (raw === undefined) return undefined;
				return { type: 'footnoteText', raw, name, tokens: this.lexer.inline(written.trim(), []) };
			}
		}
	]
});
