import { Readable } from 'node:stream';
import type { SMTPConnectionOptions, SMTPEnvelope } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { letterBytes } from './letter-bytes.ts';
import { needsUtf8 } from './mail-address.ts';
import type { SmtpSettings } from './mail-settings.ts';
import type { Handed, Letter, Post } from './post.ts';

/** How long to wait for a connection, for the server's first word and for each later one, in ms. */
export type Patience = { connectionTimeout: number; greetingTimeout: number; socketTimeout: number };
const usual: Patience = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000 };

/** No letter takes longer, in ms: shorter than a dispatcher is waited for. */
const longest = 5 * 60_000;

const thisMachine = ['localhost', '127.0.0.1', '::1', '[::1]'];

/**
 * Hands letters to a mail server, each over a connection of its own. Whether any byte of a letter went out is known
 * exactly: they are only read when the server has asked for them.
 */
export function smtpPost(settings: SmtpSettings, patience = usual): Post {
	return { isMail: true, send: (letter, signal) => handOver(settings, patience, letter, signal) };
}

/** An address that the mail server cannot be given. */
class NoUtf8 extends Error {}

async function handOver(
	settings: SmtpSettings,
	patience: Patience,
	letter: Letter,
	signal?: AbortSignal
): Promise<Handed> {
	const { bytes, envelope } = await letterBytes(letter);
	let begun = false;
	const content = Readable.from(
		(function* () {
			begun = true;
			yield bytes;
		})(),
		{ objectMode: false }
	);
	const connection = new SMTPConnection({ ...connecting(settings), ...patience });
	// who ends the program ends what has not begun: a letter that is going out is let go out
	const stop = () => !begun && connection.close();
	signal?.addEventListener('abort', stop, { once: true });
	const timer = setTimeout(() => connection.close(), longest);
	try {
		signal?.throwIfAborted();
		const sent = { ...envelope, size: bytes.length };
		const answer = await answerTo(connection, settings, letter.to.address, sent, content);
		connection.quit();
		return { as: 'sent', answer };
	} catch (error) {
		connection.close();
		return judged(error as SmtpError, begun);
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', stop);
		content.destroy();
	}
}

/** A password goes over the net encrypted or not at all; to this machine nothing needs to be. */
function connecting({ host, port, secure, user }: SmtpSettings): SMTPConnectionOptions {
	const isHere = thisMachine.includes(host);
	return { host, port, secure, ignoreTLS: isHere, requireTLS: !isHere && user !== undefined };
}

/** What the server said when it took the letter. Throws an SmtpError when it did not, or did not say. */
function answerTo(
	connection: SMTPConnection,
	{ user, password }: SmtpSettings,
	to: string,
	envelope: SMTPEnvelope,
	content: Readable
): Promise<string> {
	return new Promise((resolve, reject) => {
		connection.on('error', reject);
		connection.once('end', () => reject(new Error('The connection was closed.')));
		const send = () =>
			connection.send(envelope, content, (error, info) => (error ? reject(error) : resolve(info.response)));
		connection.connect((error) => {
			// the last answer is the one to EHLO, which tells what the server can do
			const offered = connection.lastServerResponse || '';
			if (error) reject(error);
			else if (needsUtf8(to) && !/[ -]SMTPUTF8\b/i.test(offered)) reject(new NoUtf8());
			else if (user === undefined) send();
			else connection.login({ user, pass: password }, (refused) => (refused ? reject(refused) : send()));
		});
	});
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

/** What a fault means for the letter. An answer of 5xx to the recipient or the letter itself is the end of it. */
function judged(error: SmtpError, begun: boolean): Handed {
	const { message: fault, code, command, responseCode = 0 } = error;
	if (error instanceof NoUtf8) return { as: 'failed', fault: 'noUtf8' };
	const isOfLetter = command === 'RCPT TO' || command === 'DATA';
	if (responseCode >= 400) {
		// 503: the conversation went wrong, not the letter
		if (responseCode >= 500 && responseCode !== 503 && isOfLetter) return { as: 'failed', fault };
		return { as: 'later', fault, stop: !isOfLetter || responseCode === 421 };
	}
	if (begun) return { as: 'doubtful', fault };
	if (code === 'EENVELOPE' || code === 'EMESSAGE') return { as: 'failed', fault };
	return { as: 'later', fault, stop: true };
}
