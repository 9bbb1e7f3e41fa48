import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { changeContact, endContact } from '#lib/server/rounds/contacts.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { beginRun } from '#lib/server/rounds/dispatcher.ts';
import { noteFetched } from '#lib/server/rounds/fetches.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';
import {
	mailEvents,
	mailsOf,
	markBounced,
	queueAgain,
	queueMails,
	settleDoubtful,
	type Mail
} from '#lib/server/rounds/outbox.ts';
import type { Post } from '#lib/server/rounds/post.ts';
import { leastPause, remind } from '#lib/server/rounds/reminders.ts';
import {
	addEdition,
	bo,
	contact,
	definition,
	dispatching,
	eve,
	hour,
	minute,
	morning,
	pdfOf,
	queued,
	round
} from './fresh-rounds.ts';
import { ownMailServer } from './own-mail-server.ts';

const key = '2026-09.1.danderyd.1';
const anna = {
	id: 'anna',
	email: 'anna.ost@example.org',
	name: 'Anna Öst',
	role: 'administrator',
	units: [],
	regions: []
} as const;

const mails = (rounds: Rounds): Mail[] => mailsOf(wholeNation, rounds, round);
const states = (rounds: Rounds) => mails(rounds).map(({ state }) => state);
const only = (rounds: Rounds): Mail => {
	const [mail, ...more] = mails(rounds);
	if (!mail || more.length) throw new Error('There is not one mail.');
	return mail;
};

test('who has ended gets nothing, who has another address gets it there', async () => {
	const rounds = queued({ danderyd: [bo, eve] });
	endContact(rounds, 'danderyd', 1, morning);
	changeContact(rounds, 'danderyd', 2, { ...eve, email: 'eve.hall@example.org', locale: 'sv' });
	const server = await ownMailServer();
	await dispatch(rounds, dispatching(server.post));
	expect(mails(rounds).map(({ state, fault }) => [state, fault])).toEqual([
		['dropped', 'contactEnded'],
		['sent', null]
	]);
	expect(server.received.map(({ rcpt, subject }) => [rcpt[0], subject])).toEqual([
		['eve.hall@example.org', 'Danderyds sjukhus: återkoppling september 2026, januari–juni 2026']
	]);
	expect(mails(rounds)[1]?.email).toBe('eve.hall@example.org');
});

test('who has been ended and is a contact again under another number gets no second mail', async () => {
	const rounds = queued();
	const server = await ownMailServer();
	await dispatch(rounds, dispatching(server.post));
	endContact(rounds, 'danderyd', 1, morning);
	expect(contact(rounds, 'danderyd', { ...bo, email: 'BO.EK@example.org' }).number).toBe(2);
	expect(queueMails(wholeNation, rounds, definition, round, 1, morning)).toEqual({ queued: 0, without: [] });
});

test('an edition that a later one has replaced is not sent, whatever waits of it', async () => {
	const rounds = queued();
	addEdition(rounds, ['danderyd'], 2, 'frozen');
	const server = await ownMailServer();
	await dispatch(rounds, dispatching(server.post));
	expect(only(rounds)).toMatchObject({ state: 'dropped', fault: 'superseded' });
	expect(server.received).toHaveLength(0);
});

test('a report whose file has changed is not sent', async () => {
	const rounds = queued();
	writeFileSync(join(rounds.folder, 'rounds/2026-09/1/reports/unit/danderyd-sv.pdf'), pdfOf('lund', 'sv'));
	const server = await ownMailServer();
	await dispatch(rounds, dispatching(server.post));
	expect(only(rounds)).toMatchObject({ state: 'failed', fault: 'reportChanged' });
	expect(server.received).toHaveLength(0);
});

test('a contact who changes while the letter is written gets it at the new address', async () => {
	const rounds = queued();
	const server = await ownMailServer();
	let changed = false;
	const by = dispatching(server.post);
	const settings = {
		...by.settings,
		// asked for after the recipient was looked up and before the mail is noted as being sent
		get attach() {
			if (!changed) changeContact(rounds, 'danderyd', 1, { ...bo, email: 'new@example.org' });
			changed = true;
			return false;
		}
	};
	await dispatch(rounds, { ...by, settings });
	expect(server.received.map(({ rcpt, to }) => [rcpt[0], to[0]?.address])).toEqual([
		['new@example.org', 'new@example.org']
	]);
});

test('one run sends at a time: another one of this process does nothing, and one that was killed holds nobody up', async () => {
	const rounds = queued();
	const server = await ownMailServer();
	const run = beginRun(rounds, morning);
	expect(await dispatch(rounds, dispatching(server.post))).toEqual({ ran: false, sent: 0 });
	run?.end();
	const taken = rounds.db.prepare('insert into dispatcher values (1, ?, ?, ?)');
	// the first process of the machine lives
	taken.run(1, 'of another', morning - minute);
	expect(beginRun(rounds, morning)).toBeUndefined();
	expect(beginRun(rounds, morning + hour)).toBeDefined();
	rounds.db.exec('delete from dispatcher');
	taken.run(2 ** 22 + 1, 'of one that is gone', morning);
	expect(await dispatch(rounds, dispatching(server.post))).toEqual({ ran: true, sent: 1 });
});

test('a run that another one has taken over sends nothing more', async () => {
	const rounds = queued({ danderyd: [bo, eve] });
	const sent: string[] = [];
	const post: Post = {
		isMail: true,
		send(letter) {
			sent.push(letter.key);
			rounds.db.exec(`update dispatcher set pid = 1, run = 'of another'`);
			return Promise.resolve({ as: 'sent', answer: '' });
		}
	};
	await dispatch(rounds, dispatching(post));
	expect(sent).toEqual([key]);
	expect(states(rounds)).toEqual(['sent', 'queued']);
});

test('a mail that a killed process was sending is doubtful at the next start; a person settles it', async () => {
	const rounds = queued({ danderyd: [bo, eve] });
	rounds.db.exec(`update mail set state = 'sending', next_at = null`);
	const server = await ownMailServer();
	await dispatch(rounds, dispatching(server.post));
	expect(mails(rounds).map(({ state, fault }) => [state, fault])).toEqual([
		['doubtful', 'cutOff'],
		['doubtful', 'cutOff']
	]);
	expect(settleDoubtful(rounds, key, 'sent', anna, morning)).toBe(true);
	expect(settleDoubtful(rounds, key, 'queued', anna, morning)).toBe(false);
	expect(settleDoubtful(rounds, '2026-09.1.danderyd.2', 'queued', anna, morning)).toBe(true);
	await dispatch(rounds, dispatching(server.post));
	expect(states(rounds)).toEqual(['sent', 'sent']);
	expect(server.received.map(({ rcpt }) => rcpt)).toEqual([['eve@example.org']]);
});

test('a mail that came back is noted by hand, and sent once more when its contact has been mended', async () => {
	const rounds = queued();
	const server = await ownMailServer();
	const clock = { at: morning };
	expect(markBounced(rounds, key, anna, morning, 'No such user')).toBe(false);
	await dispatch(rounds, dispatching(server.post, clock));
	clock.at += hour;
	expect(markBounced(rounds, key, anna, clock.at, 'No such user 19121212-1212\r\nat example.org')).toBe(true);
	expect(only(rounds)).toMatchObject({ state: 'bounced', nextAt: null });
	expect(only(rounds).fault).toMatch(/^No such user .* at example\.org$/);
	expect(only(rounds).fault).not.toContain('1212-1212');
	changeContact(rounds, 'danderyd', 1, { ...bo, email: 'bo@new.example' });
	expect(queueAgain(rounds, key, anna, clock.at)).toBe(true);
	await dispatch(rounds, dispatching(server.post, clock));
	expect(server.received.map(({ rcpt }) => rcpt[0])).toEqual(['bo.ek@example.org', 'bo@new.example']);
	expect(mailEvents(wholeNation, rounds, key).map(({ state, name }) => [state, name])).toEqual([
		['queued', null],
		['sending', null],
		['sent', null],
		['bounced', 'Anna Öst'],
		['queued', 'Anna Öst'],
		['sending', null],
		['sent', null]
	]);
});

test('what has become of a mail can neither be changed nor taken away', () => {
	const { db } = queued();
	expect(() => db.exec(`update mail_event set state = 'sent'`)).toThrow('never changed');
	expect(() => db.exec('delete from mail_event')).toThrow('is kept');
	expect(() => db.exec('delete from mail')).toThrow('never taken out');
});

test('only units that were sent their report and have not fetched it are reminded, once in three days', async () => {
	const rounds = queued({ danderyd: [bo], lund: [eve], umea: [] });
	const server = await ownMailServer();
	const clock = { at: morning };
	await dispatch(rounds, dispatching(server.post, clock));
	noteFetched(rounds, { round, edition: 1, unit: 'lund', who: 'eve', name: 'Eve Hall', instant: morning });
	contact(rounds, 'umea', { ...bo, email: 'umea@example.org' });
	const again = () => remind(wholeNation, rounds, definition, round, 1, clock.at);
	clock.at += leastPause;
	expect(again()).toEqual({ queued: 1, without: [] });
	expect(again()).toEqual({ queued: 0, without: [] });
	await dispatch(rounds, dispatching(server.post, clock));
	const mail = server.received.at(-1);
	expect(mail).toMatchObject({
		rcpt: ['bo.ek@example.org'],
		subject: 'Påminnelse, Danderyds sjukhus: återkoppling september 2026, januari–juni 2026',
		messageId: '<2026-09.1.danderyd.1.reminder-1@register.example>',
		attachments: []
	});
	expect(mail?.text).toContain(
		'Den 9 september 2026 skickade vi återkopplingen till Danderyds sjukhus för januari–juni 2026. Ingen hos er har öppnat rapporten i Bortfall än.'
	);
	clock.at += leastPause;
	expect(again()).toEqual({ queued: 1, without: [] });
	noteFetched(rounds, { round, edition: 1, unit: 'danderyd', who: 'bo', name: 'Bo Ek', instant: clock.at });
	await dispatch(rounds, dispatching(server.post, clock));
	expect(mails(rounds).at(1)).toMatchObject({ key: `${key}.reminder-1`, state: 'sent' });
	expect(mails(rounds).at(2)).toMatchObject({ key: `${key}.reminder-2`, state: 'dropped', fault: 'fetched' });
});
