import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { folderPost } from '#lib/server/rounds/folder-post.ts';
import { mailsOf } from '#lib/server/rounds/outbox.ts';
import { bo, dispatching, eve, minute, morning, openingOf, pdfOf, queued, round } from './fresh-rounds.ts';

test('without a mail server every mail is a file that a mail program opens, named by its key', async () => {
	const rounds = queued({ danderyd: [bo, { ...eve, name: 'Åsa "Ö", Hall' }] });
	const folder = join(rounds.folder, 'mails');
	await dispatch(rounds, dispatching(folderPost(folder)));
	expect(readdirSync(folder).sort()).toEqual(['2026-09.1.danderyd.1.eml', '2026-09.1.danderyd.2.eml']);
	expect(statSync(join(folder, '2026-09.1.danderyd.1.eml')).mode & 0o777).toBe(0o600);
	const mail = await PostalMime.parse(readFileSync(join(folder, '2026-09.1.danderyd.2.eml')));
	expect(mail).toMatchObject({
		to: [{ name: 'Åsa "Ö", Hall', address: 'eve@example.org' }],
		subject: 'Danderyds sjukhus: feedback September 2026, January–June 2026'
	});
	expect(mail.text).toContain(openingOf('danderyd', 'en'));
	expect(Buffer.from(mail.attachments[0]?.content as ArrayBuffer).equals(pdfOf('danderyd', 'en'))).toBe(true);
	expect(mailsOf(wholeNation, rounds, round).map(({ state, answer }) => [state, answer])).toEqual([
		['sent', '2026-09.1.danderyd.1.eml'],
		['sent', '2026-09.1.danderyd.2.eml']
	]);
});

test('a folder that cannot be written to is tried again later', async () => {
	const rounds = queued();
	const folder = join(rounds.folder, 'mails');
	writeFileSync(folder, 'a file stands in the way');
	await dispatch(rounds, dispatching(folderPost(folder)));
	expect(mailsOf(wholeNation, rounds, round)).toMatchObject([{ state: 'queued', nextAt: morning + minute }]);
});
