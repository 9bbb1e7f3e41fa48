import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import type { SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { nextTry } from '#lib/server/rounds/next-try.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';
import { mailsOf, type Mail } from '#lib/server/rounds/outbox.ts';
import type { Post } from '#lib/server/rounds/post.ts';
import { smtpPost } from '#lib/server/rounds/smtp-post.ts';
import { bo, dispatching, eve, hour, minute, morning, queued, round } from './fresh-rounds.ts';
import { ownMailServer } from './own-mail-server.ts';

const mails = (rounds: Rounds): Mail[] => mailsOf(wholeNation, rounds, round);
const states = (rounds: Rounds) => mails(rounds).map(({ state }) => state);
const only = (rounds: Rounds): Mail => {
	const [mail, ...more] = mails(rounds);
	if (!mail || more.length) throw new Error('There is not one mail.');
	return mail;
};

test.for([
	{ code: 451, at: 'rcpt' },
	{ code: 450, at: 'data' },
	{ code: 421, at: 'data' },
	{ code: 421, at: 'connect' },
	{ code: 550, at: 'mail' }
] as const)('after $code at $at a mail waits a minute, and is sent the next time', async (trouble) => {
	const rounds = queued();
	const server = await ownMailServer();
	server.troubles.push(trouble);
	const clock = { at: morning };
	const by = dispatching(server.post, clock);
	expect(await dispatch(rounds, by)).toEqual({ ran: true, sent: 0 });
	expect(only(rounds)).toMatchObject({ state: 'queued', attempts: 1, nextAt: morning + minute });
	expect(only(rounds).fault).toContain(String(trouble.code));
	await dispatch(rounds, by);
	expect(server.received).toHaveLength(0);
	clock.at += minute;
	await dispatch(rounds, by);
	expect(only(rounds)).toMatchObject({ state: 'sent', attempts: 2, sentAt: morning + minute, fault: null });
	expect(server.received).toHaveLength(1);
});

test.for([
	{ code: 550, at: 'rcpt' },
	{ code: 554, at: 'data' }
] as const)('after $code at $at a mail has failed, and is not tried again', async (trouble) => {
	const rounds = queued({ danderyd: [bo, eve] });
	const server = await ownMailServer();
	server.troubles.push(trouble);
	const by = dispatching(server.post, { at: morning });
	await dispatch(rounds, by);
	expect(states(rounds)).toEqual(['failed', 'sent']);
	expect(mails(rounds)[0]?.fault).toContain(`${trouble.code} says the test`);
	await dispatch(rounds, { ...by, now: () => morning + 48 * hour });
	expect(server.received.map(({ rcpt }) => rcpt)).toEqual([['eve@example.org']]);
});

test.for(['cut', 'cutAtEnd'] as const)(
	'a connection that ends in the middle of a mail (%s) leaves it doubtful, and it is not sent again by itself',
	async (trouble) => {
		const rounds = queued();
		const server = await ownMailServer();
		server.troubles.push(trouble);
		const by = dispatching(server.post);
		await dispatch(rounds, by);
		expect(only(rounds)).toMatchObject({ state: 'doubtful', nextAt: null, sentAt: null });
		await dispatch(rounds, { ...by, now: () => morning + 48 * hour });
		expect(server.received).toHaveLength(0);
		expect(only(rounds).state).toBe('doubtful');
	}
);

const impatient = { connectionTimeout: 300, greetingTimeout: 300, socketTimeout: 300 };

test('a server that has the whole mail and says nothing leaves it doubtful', async () => {
	const rounds = queued({ danderyd: [bo, eve] });
	const server = await ownMailServer();
	server.troubles.push('silent');
	await dispatch(rounds, dispatching(smtpPost(server.settings, impatient)));
	expect(states(rounds)).toEqual(['doubtful', 'sent']);
});

test('a server that does not say a word is tried again later', async () => {
	const rounds = queued();
	const silent = createServer().listen(0, '127.0.0.1');
	onTestFinished(() => void silent.close());
	await once(silent, 'listening');
	const { port } = silent.address() as AddressInfo;
	await dispatch(rounds, dispatching(smtpPost({ host: '127.0.0.1', port, secure: false }, impatient)));
	expect(only(rounds)).toMatchObject({ state: 'queued', nextAt: morning + minute });
});

test('who ends the program before a mail has begun has it wait; a mail that is going out is let go out', async () => {
	const rounds = queued({ danderyd: [bo, eve] });
	const server = await ownMailServer();
	const ending = new AbortController();
	const begun = dispatch(rounds, { ...dispatching(server.post), signal: ending.signal });
	await vi.waitFor(() => expect(states(rounds)).toContain('sending'), { interval: 1 });
	ending.abort();
	await begun;
	expect(states(rounds)).toEqual(['queued', 'queued']);
	const next = new AbortController();
	const slow = await ownMailServer({
		onData(stream, _session, done) {
			stream.once('data', () => next.abort());
			stream.on('end', () => setTimeout(done, 50));
		}
	});
	await dispatch(rounds, {
		...dispatching(slow.post, { at: morning + minute }),
		signal: next.signal
	});
	expect(states(rounds).sort()).toEqual(['queued', 'sent']);
});

test('a server that is down holds the run up at its first mail, and nobody is lost', async () => {
	const rounds = queued({ danderyd: [bo, eve] });
	const server = await ownMailServer();
	await server.close();
	const clock = { at: morning };
	await dispatch(rounds, dispatching(server.post, clock));
	expect(mails(rounds).map(({ state, attempts }) => [state, attempts])).toEqual([
		['queued', 1],
		['queued', 0]
	]);
	expect(mails(rounds)[0]?.fault).toContain('ECONNREFUSED');
	const again = await ownMailServer({}, server.settings.port);
	clock.at += hour;
	await dispatch(rounds, dispatching(server.post, clock));
	expect(again.received).toHaveLength(2);
});

test('a mail is tried after 1, 5 and 25 minutes and then every hour, and is given up after a day', async () => {
	const rounds = queued();
	const clock = { at: morning };
	const tried: number[] = [];
	const post: Post = {
		isMail: true,
		send: () => {
			tried.push((clock.at - morning) / minute);
			return Promise.resolve({ as: 'later', fault: '451 busy', stop: false });
		}
	};
	// every minute at first; from the fifth attempt on a minute before the hour is over, when nothing is due, and at it
	const since = () => (clock.at - morning) / minute - (tried.at(-1) ?? 0);
	for (
		;
		only(rounds).state === 'queued';
		clock.at += tried.length < 5 || since() === 59 ? minute : 59 * minute
	)
		await dispatch(rounds, dispatching(post, clock));
	expect(tried.slice(0, 5)).toEqual([0, 1, 6, 31, 91]);
	expect(new Set(tried.slice(4).map((at, index) => at - (tried[index + 3] ?? 0)))).toEqual(new Set([60]));
	expect(tried.at(-1)).toBeLessThanOrEqual(24 * 60);
	expect(tried.at(-1)).toBeGreaterThan(23 * 60);
	expect(only(rounds)).toMatchObject({ state: 'failed', fault: '451 busy' });
	expect(nextTry(1, morning, morning)).toBe(morning + minute);
});

test('a name and password that the server refuses are at fault, not the mail', async () => {
	const rounds = queued();
	const { asked, options } = asking();
	const server = await ownMailServer(options);
	const clock = { at: morning };
	const as = (password: string) =>
		dispatch(rounds, dispatching(smtpPost({ ...server.settings, user: 'mfr', password }), clock));
	await as('wrong');
	expect(only(rounds)).toMatchObject({ state: 'queued', attempts: 1 });
	expect(only(rounds).fault).not.toContain('wrong');
	clock.at += minute;
	await as('right');
	expect(asked).toEqual(['mfr wrong', 'mfr right']);
	expect(only(rounds).state).toBe('sent');
});

test.skipIf(process.platform !== 'linux')(
	'a password is not sent over a line that is not encrypted, unless the server is this machine',
	async () => {
		const rounds = queued();
		const { asked, options } = asking();
		// an address that is not known to be this machine's own
		const server = await ownMailServer(options, 0, '127.0.0.2');
		await dispatch(rounds, dispatching(smtpPost({ ...server.settings, user: 'mfr', password: 'right' })));
		expect(asked).toEqual([]);
		expect(only(rounds)).toMatchObject({ state: 'queued', attempts: 1 });
		expect(only(rounds).fault).toContain('STARTTLS');
	}
);

test('a server whose certificate nobody vouches for gets neither password nor mail', async () => {
	const rounds = queued();
	const { asked, options } = asking();
	const server = await ownMailServer({ ...options, secure: true });
	const post = smtpPost({ ...server.settings, secure: true, user: 'mfr', password: 'right' });
	await dispatch(rounds, dispatching(post));
	expect(asked).toEqual([]);
	expect(server.received).toEqual([]);
	expect(only(rounds)).toMatchObject({ state: 'queued', attempts: 1 });
	expect(only(rounds).fault).toMatch(/certificate/i);
});

/** What makes a server ask for a name and a password, and what it was told. */
function asking(): { asked: string[]; options: SMTPServerOptions } {
	const asked: string[] = [];
	return {
		asked,
		options: {
			authOptional: false,
			allowInsecureAuth: true,
			onAuth({ username, password }, _session, done) {
				asked.push(`${username} ${password}`);
				if (password === 'right') done(null, { user: username });
				else done(new Error('Refused'));
			}
		}
	};
}
