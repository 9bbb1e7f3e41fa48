import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { findByEmail } from '#lib/server/access/accounts.ts';
import { readLink, useLink } from '#lib/server/access/links.ts';
import type { Access } from '#lib/server/access/open.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { answer } from '../../scripts/account/answer.ts';
import { readArguments } from '../../scripts/account/arguments.ts';
import { address, administrator, enrolled, freshAccess, morning, password, there } from './fresh-access.ts';

/** Runs the command in a data folder; gives what it printed and how it ended. */
function run(
	data: string,
	...args: string[]
): Promise<{ said: string; complained: string; code: number | null }> {
	const child = spawn(process.execPath, ['scripts/account.ts', '--data', data, ...args], {
		env: { PATH: process.env.PATH, ORIGIN: 'https://bortfall.example' }
	});
	const [said, complained]: [Buffer[], Buffer[]] = [[], []];
	child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
	child.stderr.on('data', (bytes: Buffer) => complained.push(bytes));
	return new Promise((resolve) =>
		child.on('close', (code) =>
			resolve({ said: String(Buffer.concat(said)), complained: String(Buffer.concat(complained)), code })
		)
	);
}

const linkIn = (said: string) =>
	there(/^https:\/\/bortfall\.example\/sign-in\/link\/(\S+)$/m.exec(said)?.[1]);

test('the first administrator is made while the server has the accounts open, and can choose a password', async () => {
	const access = freshAccess();
	const anna = ['--email', 'anna@example.org', '--name', 'Anna Öst', '--role', 'administrator'];
	const [made, wrong] = [await run(access.folder, ...anna), await run(access.folder, ...anna)];
	expect(made).toMatchObject({ code: 0, complained: '' });
	expect(made.said).toMatch(/^anna@example\.org · Anna Öst · administrator · invited/);
	const token = linkIn(made.said);
	expect(await useLink(access, token, password, address, Date.now())).toHaveProperty('session');
	expect(wrong).toMatchObject({ code: 2, said: '' });
	expect(wrong.complained).toMatch(/^--email is no e-mail address, or has an account already\.\n\nnpm run/);
	const nowhere = await run(`${access.folder}/nowhere`, '--list');
	expect(nowhere).toMatchObject({ code: 2, complained: expect.stringContaining('there are no accounts in') });
});

const definition = await loadDefinition('data/mfr');
/** What the command prints, as one text. */
const said = (access: Access, ...args: string[]) => {
	const { asked, origin } = readArguments(args, { ORIGIN: 'https://bortfall.example' });
	return answer(access, asked, origin, definition, morning).join('\n');
};
const bo = ['--email', 'bo@example.org'];

test('units and regions are those of the definition; nearly right ones are told', () => {
	const access = freshAccess();
	const make = (...args: string[]) => said(access, ...bo, '--name', 'Bo Ek', '--role', ...args);
	expect(() => make('unitManager', '--unit', 'danderid')).toThrow(
		/no unit “danderid”. Near it: danderyd \(Danderyds sjukhus\)/
	);
	expect(() => make('coordinator', '--region', 'Skåne')).toThrow(/“Skåne”. Near it: Region Skåne\./);
	expect(() => make('coordinator')).toThrow(/--region is missing/);
	expect(findByEmail(access, 'bo@example.org')).toBeUndefined();
	make('unitManager', '--unit', 'danderyd', '--unit', '10013');
	expect(findByEmail(access, 'bo@example.org')?.units).toEqual(['danderyd', 'sodersjukhuset']);
});

test('accounts are listed, closed and opened, and get links', async () => {
	const access = freshAccess();
	const first = said(access, ...bo, '--name', 'Bo Ek', '--role', 'statistician');
	expect(said(access, '--list')).toBe(
		'bo@example.org · Bo Ek · statistician · invited · no second factor · has not signed in'
	);
	const second = said(access, ...bo, '--link', 'invitation');
	expect(readLink(access, linkIn(first), morning)).toBeUndefined();
	expect(readLink(access, linkIn(second), morning)?.kind).toBe('invitation');
	expect(readLink(access, linkIn(said(access, ...bo, '--link', 'reset')), morning)?.kind).toBe('reset');
	expect(said(access, ...bo, '--close')).toMatch(/ · closed · /);
	expect(() => said(access, ...bo, '--link', 'reset')).toThrow(/--open opens it again/);
	expect(said(access, ...bo, '--open')).toMatch(/ · invited · /);
	expect(() => said(access, '--email', 'bo@exampel.org', '--close')).toThrow(
		/no account has “bo@exampel.org”. Near it: bo@example.org\./
	);
});

test('a lost telephone is forgotten, the last administrator stays', async () => {
	const access = freshAccess();
	await enrolled(access, administrator);
	const anna = ['--email', administrator.email];
	expect(said(access, '--list')).toMatch(/ · open · second factor · signed in 2026-11-02 09:00:00$/);
	expect(said(access, ...anna, '--remove-second-factor')).toMatch(/ · no second factor · /);
	expect(() => said(access, ...anna, '--close')).toThrow(/^This is the last administrator/);
});

test('an argument that cannot be used is named', () => {
	const reading =
		(...args: string[]) =>
		() =>
			readArguments(args, {});
	expect(reading()).toThrow(/--email is missing/);
	expect(reading('--lisst')).toThrow(/--lisst/);
	expect(reading('--list', '--open')).toThrow(/Say one of/);
	expect(reading(...bo)).toThrow(/--name is missing/);
	expect(reading(...bo, '--name', 'Anna', '--role', 'king')).toThrow(/unitManager, coordinator/);
	expect(reading(...bo, '--link', 'other')).toThrow(/invitation or reset/);
	const read = readArguments(['--list'], { ORIGIN: 'https://x.example/', BORTFALL_DATA: 'there' });
	expect(read).toEqual({
		asked: { does: 'list' },
		data: 'there',
		register: 'data/mfr',
		origin: 'https://x.example'
	});
});
