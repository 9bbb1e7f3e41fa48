import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAddress } from './mail-settings.ts';
import type { Letter } from './post.ts';

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
