import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLink, useLink } from '#lib/server/access/links.ts';
import { enrolment } from '#lib/server/access/second-factor.ts';
import { passSecondFactor, signIn } from '#lib/server/access/sign-in.ts';
import { readSession } from '#lib/server/access/sessions.ts';
import {
	address,
	codeAt,
	enrolled,
	freshAccess,
	hour,
	manager,
	morning,
	password,
	there,
	well
} from './fresh-access.ts';

test('nothing that somebody could sign in with is found in the files, used or not', async () => {
	const access = freshAccess();
	const at = morning + hour;
	const { account, codes, secret, cookie, session } = await enrolled(access);
	const offered = enrolment(access, session).secret;
	const invitation = createLink(access, null, account.id, 'invitation', at);
	const reset = createLink(access, null, account.id, 'reset', at);
	const half = well(await signIn(access, { email: manager.email, password, address }, at), 'state').session;
	const waiting = there(readSession(access, half, at));
	const code = codeAt(secret, at);
	const whole = well(await passSecondFactor(access, waiting, code, address, at), 'session').session;
	const next = 'fyra stora björnar i skog';
	await signIn(access, { email: manager.email, password: 'fel men nästan rätt', address }, at);
	const after = well(await useLink(access, reset, next, address, at), 'session').session;
	const cookies = [cookie, half, whole, after];
	const secrets = [
		password,
		next,
		'fel men nästan rätt',
		invitation,
		reset,
		secret,
		offered,
		...codes,
		...cookies,
		...codes.map((each) => each.replaceAll('-', '')),
		...cookies.map((each) => there(each.split('.')[1]))
	];
	const files = readdirSync(access.folder);
	expect(files).toContain('accounts.sqlite-wal');
	const bytes = Buffer.concat(files.map((name) => readFileSync(join(access.folder, name))));
	expect(secrets.filter((each) => bytes.includes(each))).toEqual([]);
	// the search finds what is there: an address, and the id that a session is listed by
	expect(bytes.includes(manager.email)).toBe(true);
	expect(bytes.includes(there(after.split('.')[0]))).toBe(true);
});
