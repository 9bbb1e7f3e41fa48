import { expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { findEdition } from '#lib/server/rounds/edition.ts';
import { mailsOf, queueMails } from '#lib/server/rounds/outbox.ts';
import {
	addEdition,
	bo,
	contact,
	definition,
	dispatching,
	eve,
	freshRounds,
	morning,
	openingOf,
	pdfOf,
	queued,
	round
} from './fresh-rounds.ts';
import { ownMailServer } from './own-mail-server.ts';

test('every contact gets one mail, with the own unit’s report in the own language', async () => {
	const rounds = queued({
		danderyd: [bo, eve],
		lund: [{ ...eve, name: 'Liv Ås', email: 'liv@lund.example' }]
	});
	const { post, received } = await ownMailServer();
	expect(await dispatch(rounds, dispatching(post))).toEqual({ ran: true, sent: 3 });
	expect(received.map(({ rcpt }) => rcpt)).toEqual([
		['bo.ek@example.org'],
		['eve@example.org'],
		['liv@lund.example']
	]);
	const told = (['danderyd sv', 'danderyd en', 'lund en'] as const).map((each) => each.split(' '));
	for (const [at, [unit = '', locale]] of told.entries()) {
		const { attachments } = received[at] ?? { attachments: [] };
		expect(attachments.map(({ mimeType }) => mimeType)).toEqual(['application/pdf']);
		const sent = Buffer.from(attachments[0]?.content as ArrayBuffer);
		expect(sent.equals(pdfOf(unit, locale as 'sv' | 'en')), unit).toBe(true);
	}
	expect(received[0]?.attachments[0]?.filename).toBe('aterkoppling-danderyd-2026-09.pdf');
	expect(received[2]?.attachments[0]?.filename).toBe('feedback-lund-2026-09.pdf');
	expect(
		mailsOf(wholeNation, rounds, round).map(({ key, state, attempts, answer }) => [
			key,
			state,
			attempts,
			answer
		])
	).toEqual([
		['2026-09.1.danderyd.1', 'sent', 1, '250 Taken'],
		['2026-09.1.danderyd.2', 'sent', 1, '250 Taken'],
		['2026-09.1.lund.1', 'sent', 1, '250 Taken']
	]);
	expect(findEdition(rounds, round)).toMatchObject({ state: 'dispatched', dispatchedAt: morning });
});

test('the Swedish mail says whose report it is, its first sentence and where it lies, and nothing more', async () => {
	const rounds = queued();
	const { post, received } = await ownMailServer();
	await dispatch(rounds, dispatching(post));
	const [mail] = received;
	expect(mail).toMatchObject({
		subject: 'Danderyds sjukhus: återkoppling september 2026, januari–juni 2026',
		from: { name: 'Medicinska födelseregistret', address: 'mfr@register.example' },
		to: [{ name: 'Bo Ek', address: 'bo.ek@example.org' }],
		replyTo: [{ name: 'Registret', address: 'svar@register.example' }],
		messageId: '<2026-09.1.danderyd.1@register.example>',
		date: new Date(morning).toISOString()
	});
	expect(mail?.text?.trim()).toBe(`Hej Bo Ek!

Återkopplingen till Danderyds sjukhus för januari–juni 2026 är klar.

${openingOf('danderyd', 'sv')}

Hela rapporten ligger med som PDF. Den finns också här, när du har loggat in:

https://bortfall.example.org/units/danderyd/rounds/2026-09

Du får det här mejlet som kontakt nummer 1 för Danderyds sjukhus hos Medicinska födelseregistret.

Svara gärna på mejlet om du inte längre är kontakt eller om något i rapporten är oklart. Skriv aldrig personnummer i svaret.`);
	expect(Object.fromEntries(mail?.headers.map(({ key, value }) => [key, value]) ?? [])).toMatchObject({
		'auto-submitted': 'auto-generated',
		'content-language': 'sv'
	});
});

test('the HTML says the same, fetches nothing and sets no colours', async () => {
	const rounds = queued({ danderyd: [eve] });
	const { post, received } = await ownMailServer();
	await dispatch(rounds, dispatching(post));
	const { html = '', text = '' } = received[0] ?? {};
	expect(html).toContain('2.1% fewer than expected &lt;and&gt; &quot;åäö&quot;.');
	expect(html).toContain('<html lang="en">');
	expect(html).toContain('href="https://bortfall.example.org/en/units/danderyd/rounds/2026-09"');
	expect(html).not.toMatch(/\bsrc=|url\(|<link|<script|background|(?<!-)color:/);
	const entities: Record<string, string> = {
		'&lt;': '<',
		'&gt;': '>',
		'&quot;': '"',
		'&#39;': "'",
		'&amp;': '&'
	};
	const plain = html
		.replace(/<(head|a)[\s>][\s\S]*?<\/\1>|<[^>]+>/g, '')
		.replace(/&[#\w]+;/g, (entity) => entities[entity] ?? entity);
	const lines = (each: string) =>
		each.split('\n').filter((line) => line.trim() && !line.startsWith('https:'));
	expect(lines(plain)).toEqual(lines(text));
});

test('where reports are only linked nothing is attached, and without an address for answers none is asked for', async () => {
	const rounds = queued();
	const { post, received } = await ownMailServer();
	const { replyTo: _, ...settings } = dispatching(post).settings;
	await dispatch(rounds, { ...dispatching(post), settings: { ...settings, attach: false } });
	expect(received[0]).toMatchObject({ attachments: [] });
	expect(received[0]?.replyTo).toBeUndefined();
	expect(received[0]?.text).toContain('Hela rapporten finns här, när du har loggat in:');
	expect(received[0]?.text).toContain('Det går inte att svara på det här mejlet.');
});

test('a correction says so, and goes to those who had the first edition too', async () => {
	const rounds = queued();
	const { post, received } = await ownMailServer();
	await dispatch(rounds, dispatching(post));
	addEdition(rounds, ['danderyd'], 2);
	expect(queueMails(wholeNation, rounds, definition, round, 2, morning)).toEqual({ queued: 1, without: [] });
	await dispatch(rounds, dispatching(post));
	expect(received[1]?.subject).toBe(
		'Danderyds sjukhus: rättad återkoppling september 2026, januari–juni 2026'
	);
	expect(received[1]?.text).toContain('Rapporten är rättad och ersätter den som ni har fått tidigare.');
	expect(
		Buffer.from(received[1]?.attachments[0]?.content as ArrayBuffer).equals(pdfOf('danderyd', 'sv', 2))
	).toBe(true);
});

test('units without contacts are named, and those outside the scope are not touched', () => {
	const rounds = freshRounds();
	addEdition(rounds, ['danderyd', 'lund', 'umea']);
	contact(rounds, 'danderyd', bo);
	const own = scopeOfUnits(['danderyd', 'umea']);
	expect(queueMails(own, rounds, definition, round, 1, morning)).toEqual({ queued: 1, without: ['umea'] });
	expect(mailsOf(scopeOfUnits(['lund']), rounds, round)).toEqual([]);
	expect(mailsOf(own, rounds, round)).toHaveLength(1);
});

test('putting an edition’s mails into the outbox again adds only whoever came since', () => {
	const rounds = queued({ danderyd: [bo], lund: [] });
	contact(rounds, 'lund', eve);
	expect(queueMails(wholeNation, rounds, definition, round, 1, morning)).toEqual({ queued: 1, without: [] });
	expect(queueMails(wholeNation, rounds, definition, round, 1, morning)).toEqual({ queued: 0, without: [] });
});

test('an edition that is not released, or no longer the newest, is not put into the outbox', () => {
	const rounds = freshRounds();
	addEdition(rounds, ['danderyd'], 1, 'made');
	const queue = () => queueMails(wholeNation, rounds, definition, round, 1, morning);
	expect(queue).toThrow('notReleased');
	addEdition(rounds, ['danderyd'], 2);
	expect(queue).toThrow('superseded');
});

test('names and addresses stay within their line: no header, no recipient and no line break comes in by them', async () => {
	const names = [
		'Bo\r\nBcc: eve@evil.example',
		'Bo" <eve@evil.example>, "',
		'Bo, eve@evil.example',
		'=?utf-8?q?Bo=0D=0ABcc:_eve=40evil.example?=',
		'Åsa Öström ♥'
	];
	const rounds = queued({
		danderyd: names.map((name, at) => ({ ...bo, name, email: `to${at}@example.org` }))
	});
	const { post, received } = await ownMailServer();
	await dispatch(rounds, dispatching(post));
	expect(received.map(({ rcpt }) => rcpt)).toEqual(names.map((_, at) => [`to${at}@example.org`]));
	expect(received.map(({ to }) => to)).toEqual(
		names.map((name, at) => [
			{ name: name.replace('\r\n', ' ').replace('=?', '= ?'), address: `to${at}@example.org` }
		])
	);
	for (const { headers, raw } of received) {
		expect(headers.map(({ key }) => key)).not.toContain('bcc');
		expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^Bcc/im);
	}
});

test('a domain beyond ASCII is written as servers know it, letters before the @ as they are', async () => {
	const rounds = queued({
		danderyd: [
			{ ...bo, email: 'bo@Västra-Götaland.example' },
			{ ...bo, email: 'björn.åö@sjukhus.example' }
		]
	});
	const { post, received } = await ownMailServer();
	await dispatch(rounds, dispatching(post));
	// the server tells a domain as people write it
	expect(received.map(({ rcpt }) => rcpt)).toEqual([
		['bo@västra-götaland.example'],
		['björn.åö@sjukhus.example']
	]);
	expect(received[0]?.raw).toContain('<bo@xn--vstra-gtaland-bfb0z.example>');
	expect(received[1]?.to[0]?.address).toBe('björn.åö@sjukhus.example');
});

test('a server that knows no such letters is not given the address, and the mail fails with that reason', async () => {
	const rounds = queued({ danderyd: [{ ...bo, email: 'björn@sjukhus.example' }, eve] });
	const { post, received } = await ownMailServer({ hideSMTPUTF8: true });
	await dispatch(rounds, dispatching(post));
	expect(received.map(({ rcpt }) => rcpt)).toEqual([['eve@example.org']]);
	expect(mailsOf(wholeNation, rounds, round)[0]).toMatchObject({ state: 'failed', fault: 'noUtf8' });
});
