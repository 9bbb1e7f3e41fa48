import { expect, test } from 'vitest';
import {
	changeAccount,
	closeAccount,
	findByEmail,
	invite,
	listAccounts,
	openAccount
} from '#lib/server/access/accounts.ts';
import { changePassword } from '#lib/server/access/change-password.ts';
import { addDemoAccount } from '#lib/server/access/demo-accounts.ts';
import { createLink, useLink } from '#lib/server/access/links.ts';
import { removeSecondFactor, renewRecoveryCodes } from '#lib/server/access/second-factor.ts';
import { endAllSessions, readSession } from '#lib/server/access/sessions.ts';
import { signIn } from '#lib/server/access/sign-in.ts';
import {
	address,
	administrator,
	enrolled,
	freshAccess,
	manager,
	morning,
	opened,
	password,
	there,
	well
} from './fresh-access.ts';

const next = 'fem små grodor i ett dike';

test('who is no administrator any more when a form has arrived changes nobody with it', async () => {
	const access = freshAccess();
	await opened(access);
	const by = await opened(access, administrator);
	await opened(access, { ...administrator, email: 'other@example.org' });
	const { id } = there(findByEmail(access, manager.email));
	const does = [
		() => invite(access, by, { ...administrator, email: 'third@example.org' }, morning),
		() => changeAccount(access, by, id, { ...manager, role: 'administrator' }, morning),
		() => closeAccount(access, by, id, morning),
		() => createLink(access, by, id, 'reset', morning),
		() => removeSecondFactor(access, by, id, morning),
		() => endAllSessions(access, by, id, morning)
	];
	const refused = () => {
		const before = listAccounts(access);
		for (const act of does) expect(act, String(act)).toThrow('may not');
		expect(listAccounts(access)).toEqual(before);
	};
	changeAccount(access, null, by.id, { ...by, role: 'statistician' }, morning);
	refused();
	changeAccount(access, null, by.id, by, morning);
	closeAccount(access, null, by.id, morning);
	refused();
	openAccount(access, null, by.id, morning);
	expect(does[3]).not.toThrow();
});

test('a session that is ended meanwhile gets no recovery codes and changes no password', async () => {
	const access = freshAccess();
	const { account, session } = await enrolled(access);
	const codes = renewRecoveryCodes(access, session, password, morning);
	const changed = changePassword(access, session, { current: password, next }, morning);
	endAllSessions(access, null, account.id, morning);
	await expect(codes).rejects.toThrow('ended');
	await expect(changed).rejects.toThrow('ended');
	expect(await signIn(access, { email: manager.email, password, address }, morning)).toHaveProperty(
		'session'
	);
});

test('a demo account whose password somebody has chosen by a link is no demo account any more', async () => {
	const access = freshAccess();
	await addDemoAccount(access, { ...manager, password: 'demo' }, morning);
	const { id } = there(findByEmail(access, manager.email));
	const used = well(
		await useLink(access, createLink(access, null, id, 'reset', morning), next, address, morning),
		'session'
	);
	expect(readSession(access, used.session, morning)).toMatchObject({
		state: 'enrol',
		account: { isDemo: false }
	});
});
