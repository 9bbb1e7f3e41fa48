import { randomUUID } from 'node:crypto';
import { expect, type Browser, type Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import type { Role } from '#lib/access/role.ts';
import { signedOut, stateOf } from './signed-in.ts';

/** Somebody whom a test has for itself, signed in in a browser of their own. */
export type Person = {
	email: string;
	name: string;
	password: string;
	page: Page;
	link: string;
	recoveryCodes: string[];
	/** A code of the telephone that has not been used: of this half minute, or of the next. */
	code: () => string;
	close: () => Promise<void>;
};

const usualPassword = 'fyra gröna hästar vid sjön';

/** A browser from an address of its own, so that waits and limits are not shared with other tests. */
export const ownBrowser = (browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) =>
	browser.newContext({
		...options,
		extraHTTPHeaders: {
			'x-forwarded-for': `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`
		}
	});

/** Invites somebody as the demo's administrator, and gives the one-time link. */
export async function invited(
	browser: Browser,
	{
		name,
		email,
		role = 'unitManager',
		unit = 'Visby lasarett'
	}: {
		name: string;
		email: string;
		role?: Role;
		unit?: string;
	}
): Promise<string> {
	const context = await ownBrowser(browser, { storageState: stateOf('administrator') });
	const page = await context.newPage();
	await page.goto('/accounts');
	await page.getByText('Bjud in någon').click();
	const form = page.getByRole('form', { name: 'Bjud in någon' });
	await form.getByLabel('E-post').fill(email);
	await form.getByLabel('Namn').fill(name);
	await form.locator(`[value=${role}]`).check();
	if (role === 'unitManager') await form.getByLabel(unit).check();
	await form.getByRole('button', { name: 'Bjud in' }).click();
	const link = await page.getByLabel('Länk').inputValue();
	await context.close();
	return link;
}

/** Invites somebody, who chooses a password, turns one-time codes on and is signed in by that. */
export async function newPerson(browser: Browser, who: { name?: string; role?: Role } = {}): Promise<Person> {
	// without digits: some would be those of an identity number, which no account has
	const email = `${randomUUID().replace(/\d/g, 'x')}@region.example`;
	const name = who.name ?? 'Nils Ny';
	const link = await invited(browser, { ...who, name, email });
	const context = await ownBrowser(browser, signedOut);
	const page = await context.newPage();
	await page.goto(link);
	await choosePassword(page, usualPassword);
	const { code, recoveryCodes } = await turnOnCodes(page);
	await page.getByRole('link', { name: 'Jag har sparat koderna' }).click();
	const close = () => context.close();
	return { email, name, password: usualPassword, page, link, recoveryCodes, code, close };
}

export async function choosePassword(page: Page, chosen: string, again = chosen) {
	await page.getByRole('textbox', { name: 'Nytt lösenord' }).fill(chosen);
	await page.getByLabel('Samma lösenord igen').fill(again);
	await page.getByRole('button', { name: 'Spara lösenordet' }).click();
}

/** Turns one-time codes on as a telephone does that the key was typed into. */
export async function turnOnCodes(page: Page): Promise<Pick<Person, 'code' | 'recoveryCodes'>> {
	const key = await page.getByRole('main').locator('code').innerText();
	const telephone = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) });
	let last = 0;
	const code = () => {
		const step = Math.max(Math.floor(Date.now() / 30_000), last + 1);
		last = step;
		return telephone.generate({ timestamp: step * 30_000 });
	};
	await page.getByRole('textbox', { name: 'Engångskod' }).fill(code());
	await page.getByRole('button', { name: 'Slå på' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Spara återställningskoderna');
	const recoveryCodes = await page.getByRole('main').locator('li code').allInnerTexts();
	return { code, recoveryCodes };
}

/** Signs in by password, as far as that goes. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
	await page.goto('/sign-in');
	const form = page.getByRole('form', { name: 'Logga in' });
	await form.getByLabel('E-post').fill(email);
	await form.getByLabel('Lösenord').fill(password);
	await form.getByRole('button').click();
}
