import type { Locale } from '#lib/catalogue/text.ts';
import type { MailText } from './mail-text.ts';

/** What a mail says: paragraphs, one link, and what stands below it in smaller letters. */
export type MailParts = {
	locale: Locale;
	subject: string;
	before: string[];
	link: { href: string; text: string };
	after: string[];
};

/**
 * A mail's parts as plain text and as HTML. The HTML fetches nothing, and sets no colours but those of the reader's
 * own, light or dark.
 */
export function mailDocument({ locale, subject, before, link, after }: MailParts): MailText {
	const text = [...before, link.href, ...after].join('\n\n');
	const paragraph = (words: string) => `<p>${escaped(words)}</p>`;
	const html = `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escaped(subject)}</title>
</head>
<body style="font-family: 'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif; font-size: 16px; line-height: 1.5">
<div style="max-width: 36em; margin: 0 auto; padding: 16px">
${before.map(paragraph).join('\n')}
<p><a href="${escaped(link.href)}" style="font-weight: 600">${escaped(link.text)}</a></p>
<hr style="border: 0; border-top: 1px solid">
<div style="font-size: 14px">
${after.map(paragraph).join('\n')}
</div>
</div>
</body>
</html>
`;
	return { subject, text: `${text}\n`, html };
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
