import {
	BORTFALL_MAIL_ATTACH,
	BORTFALL_MAIL_FROM,
	BORTFALL_MAIL_REPLY_TO,
	BORTFALL_SMTP_URL
} from '$app/env/private';
import { folderPost } from '#lib/server/rounds/folder-post.ts';
import {
	readMailAddress,
	readSmtpUrl,
	type MailAddress,
	type MailSettings
} from '#lib/server/rounds/mail-settings.ts';
import type { Post } from '#lib/server/rounds/post.ts';
import { smtpPost } from '#lib/server/rounds/smtp-post.ts';

/** What mails are from where no mail server is set: nobody gets them. */
const nobody: MailAddress = { name: '', address: 'bortfall@localhost' };

/**
 * How the mails of the rounds are sent, as the settings have it: by a mail server, or as files in a folder. Throws
 * where a setting is lacking or cannot be read, in words that hold no password.
 */
export function mailSettings(folder: string): { post: Post; settings: MailSettings } {
	const smtp = BORTFALL_SMTP_URL === undefined ? undefined : readSmtpUrl(BORTFALL_SMTP_URL);
	if (BORTFALL_SMTP_URL !== undefined && !smtp)
		throw new Error('BORTFALL_SMTP_URL cannot be read: smtp://user:password@host:port, and nothing after.');
	if (smtp && BORTFALL_MAIL_FROM === undefined)
		throw new Error('BORTFALL_SMTP_URL is set, so BORTFALL_MAIL_FROM is needed too.');
	const replyTo = address('BORTFALL_MAIL_REPLY_TO', BORTFALL_MAIL_REPLY_TO);
	return {
		post: smtp ? smtpPost(smtp) : folderPost(folder),
		settings: {
			from: address('BORTFALL_MAIL_FROM', BORTFALL_MAIL_FROM) ?? nobody,
			...(replyTo && { replyTo }),
			attach: BORTFALL_MAIL_ATTACH
		}
	};
}

function address(setting: string, written: string | undefined): MailAddress | undefined {
	if (written === undefined) return undefined;
	const read = readMailAddress(written);
	if (!read)
		throw new Error(`${setting} cannot be read: mfr@example.org, or: The register <mfr@example.org>.`);
	return read;
}
