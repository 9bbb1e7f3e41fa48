import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import type { SmtpSettings } from '#lib/server/rounds/mail-settings.ts';
import { smtpPost } from '#lib/server/rounds/smtp-post.ts';

/** A mail that the server has taken, read by another library than the one that wrote it. */
export type Received = Email & {
	to: NonNullable<Email['to']>;
	rcpt: string[];
	mailFrom: string;
	raw: string;
};

/** What the server says instead of taking a mail; `cut` ends the connection in the middle of it, `silent` never answers. */
export type Trouble =
	{ code: number; at: 'connect' | 'mail' | 'rcpt' | 'data' } | 'cut' | 'cutAtEnd' | 'silent';

/** How far a mail has come when a test may do something: its bytes have begun to come, or it is in `received`. */
export type Moment = 'connect' | 'mail' | 'rcpt' | 'bytes' | 'taken' | 'answered';

export type OwnMailServer = {
	settings: SmtpSettings;
	post: ReturnType<typeof smtpPost>;
	/** The mails that it said it has taken, in order. */
	received: Received[];
	/** What happens to the next mails, one for each; without any all is well. */
	troubles: Trouble[];
	/** Told of every mail's moments, before the server says anything of them. */
	onMoment?: (moment: Moment) => void;
	close(): Promise<void>;
};

const read = callbackify((raw: Buffer) => PostalMime.parse(raw));

const refusal = (code: number) => Object.assign(new Error('says the test'), { responseCode: code });

/** A mail server on a port of this machine, a free one if none is named. */
export async function ownMailServer(
	options: SMTPServerOptions = {},
	port = 0,
	host = '127.0.0.1'
): Promise<OwnMailServer> {
	const received: Received[] = [];
	const troubles: Trouble[] = [];
	const told: Pick<OwnMailServer, 'onMoment'> = {};
	const due = (at: Exclude<Trouble, string>['at']) => {
		if (at !== 'data') told.onMoment?.(at);
		const [next] = troubles;
		if (typeof next !== 'object' || next.at !== at) return undefined;
		troubles.shift();
		return refusal(next.code);
	};
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		logger: false,
		onConnect: (_session, done) => done(due('connect')),
		onMailFrom: (_address, _session, done) => done(due('mail')),
		onRcptTo: (_address, _session, done) => done(due('rcpt')),
		onData(stream, session, done) {
			const isSilent = troubles[0] === 'silent' && troubles.shift();
			const isCut = troubles[0] === 'cut' || troubles[0] === 'cutAtEnd' ? troubles.shift() : undefined;
			const hangUp = () => {
				for (const each of server.connections) if (each.session.id === session.id) each.close();
			};
			const chunks: Buffer[] = [];
			stream.once('data', () => told.onMoment?.('bytes'));
			stream.on('data', (chunk: Buffer) => {
				chunks.push(chunk);
				if (isCut === 'cut') hangUp();
			});
			stream.on('end', () => {
				if (isCut) return hangUp();
				if (isSilent) return;
				const refused = due('data');
				if (refused) return done(refused);
				const raw = Buffer.concat(chunks);
				read(raw, (_error, mail) => {
					const { mailFrom, rcptTo } = session.envelope;
					received.push({
						...mail,
						to: mail.to ?? [],
						rcpt: rcptTo.map(({ address }) => address),
						mailFrom: mailFrom ? mailFrom.address : '',
						raw: raw.toString('utf8')
					});
					told.onMoment?.('taken');
					done(null, 'Taken');
					told.onMoment?.('answered');
				});
			});
		},
		...options
	});
	// a client that was killed leaves the line
	server.on('error', () => undefined);
	await new Promise<void>((resolve) => server.listen(port, host, resolve));
	const settings = {
		host,
		port: (server.server.address() as AddressInfo).port,
		secure: false
	};
	const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
	onTestFinished(close);
	return Object.assign(told, { settings, post: smtpPost(settings), received, troubles, close });
}
