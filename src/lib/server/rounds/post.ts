import type { MailAddress } from './mail-settings.ts';

/** A mail ready to go. `key` names it in the outbox; `date` is ms since 1970. */
export type Letter = {
	key: string;
	messageId: string;
	date: number;
	locale: string;
	from: MailAddress;
	replyTo?: MailAddress;
	to: MailAddress;
	subject: string;
	text: string;
	html: string;
	attachments: { filename: string; content: Uint8Array }[];
};

/**
 * What came of handing a letter over. `later`: it was not taken, and can be tried again; `stop` says that the fault is
 * the server's and not this letter's, so that nothing else need be tried now. `doubtful`: part of it went out, and
 * there was no answer.
 */
export type Handed =
	| { as: 'sent'; answer: string }
	| { as: 'later'; fault: string; stop: boolean }
	| { as: 'failed'; fault: string }
	| { as: 'doubtful'; fault: string };

/** Where letters are handed over: a mail server, or a folder. `isMail` is false where nobody gets them. */
export type Post = {
	readonly isMail: boolean;
	send(letter: Letter, signal?: AbortSignal): Promise<Handed>;
};
