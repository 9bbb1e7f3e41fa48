import MailComposer from 'nodemailer/lib/mail-composer';
import type { Letter } from './post.ts';

/** Whom a mail is from or to; without a name the address stands alone. */
export type MailAddress = { name: string; address: string };

/** Reads `bortfall@example.org` or `The register <bortfall@example.org>`; undefined for anything else. */
export function readMailAddress(written: string): MailAddress | undefined {
	const found = /^(?:([^<>@\p{C}]*)<([^<>\s]+@[^<>\s]+)>|([^<>\s\p{C}]+@[^<>\s\p{C}]+))$/u.exec(
		written.trim()
	);
	if (!found) return undefined;
	const [, name = '', named, alone = ''] = found;
	return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: named ?? alone };
}

/** A letter as the bytes that go over the wire, and from and to whom. Nothing in it is fetched from anywhere. */
export async function letterBytes(
	letter: Letter
): Promise<{ bytes: Buffer; envelope: { from: string; to: string[] } }> {
	const { from, replyTo, to, subject, text, html, messageId, date, locale, attachments } = letter;
	const message = new MailComposer({
		from: asWritten(from),
		...(replyTo && { replyTo: asWritten(replyTo) }),
		to: asWritten(to),
		subject,
		text,
		html,
		messageId: `<${messageId}>`,
		date: new Date(date),
		headers: {
			'Content-Language': locale,
			// nobody's holiday greeting is an answer to this
			'Auto-Submitted': 'auto-generated'
		},
		attachments: attachments.map(({ filename, content }) => ({
			filename,
			content: Buffer.from(content),
			contentType: 'application/pdf'
		})),
		disableFileAccess: true,
		disableUrlAccess: true
	}).compile();
	const envelope = message.getEnvelope();
	return {
		bytes: await message.build(),
		envelope: { from: envelope.from || '', to: envelope.to }
	};
}

/** A name that is written as if it were encoded already would be read as what it encodes, line breaks and all. */
const asWritten = ({ name, address }: MailAddress) => ({ name: name.replaceAll('=?', '= ?'), address });
