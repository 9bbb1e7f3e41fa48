import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { roles, type Role } from '#lib/access/role.ts';
import { choosePassword, invited, newPerson, ownBrowser, signIn, turnOnCodes } from './new-person.ts';
import { demoAccounts, signedOut } from './signed-in.ts';

test.use(signedOut);

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const menu = (page: Page) => page.getByRole('navigation', { name: 'Huvudmeny' });
const main = (page: Page) => page.getByRole('main');

async function expectGoodOnPhone(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.setViewportSize({ width: 360, height: 800 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
	await page.setViewportSize({ width: 1280, height: 720 });
}

test('whoever is not signed in is led to sign in, and then to what was asked for', async ({ page }) => {
	const wanted = '/units?period=2026-Q1';
	await page.goto(wanted);
	await expect(page).toHaveURL(`/sign-in?to=${encodeURIComponent(wanted)}`);
	await expect(page.getByRole('status')).toHaveText('Logga in för att se sidan.');
	await expect(menu(page)).toHaveCount(0);
	await expectGoodOnPhone(page);
	const { email, password } = demoAccounts.statistician;
	const form = page.getByRole('form', { name: 'Logga in' });
	await form.getByLabel('E-post').fill(email.toUpperCase());
	await form.getByLabel('Lösenord').fill(password);
	await form.getByRole('button').click();
	await expect(page).toHaveURL(wanted);
});

const sections: Record<Role, string[]> = {
	unitManager: ['Enheter', 'Variabler', 'Inlämningar', 'Rapporter'],
	coordinator: ['Region', 'Enheter', 'Variabler', 'Inlämningar', 'Rapporter'],
	statistician: ['Land', 'Enheter', 'Variabler', 'Inlämningar', 'Rapporter', 'Återkoppling', 'Analyser'],
	administrator: [
		'Land',
		'Enheter',
		'Variabler',
		'Inlämningar',
		'Rapporter',
		'Återkoppling',
		'Analyser',
		'Konton',
		'Logg'
	]
};
const buttons: Record<Role, string> = {
	unitManager: 'Logga in som enhetsansvarig',
	coordinator: 'Logga in som regional samordnare',
	statistician: 'Logga in som statistiker',
	administrator: 'Logga in som administratör'
};

for (const role of roles)
	test(`on a demo one button signs the ${role} in, whose menu has what that role may see`, async ({
		page
	}) => {
		await page.goto('/sign-in?to=%2Funits');
		await expect(main(page)).toContainText(demoAccounts[role].password);
		await page.getByRole('button', { name: buttons[role] }).click();
		await expect(page).toHaveURL('/units');
		await expect(menu(page).getByRole('link')).toHaveText(sections[role]);
	});

test('a wrong password and an address without an account are told in the same words', async ({ browser }) => {
	const context = await ownBrowser(browser, signedOut);
	const page = await context.newPage();
	for (const email of [demoAccounts.coordinator.email, 'nobody@region.example', '']) {
		await signIn(page, { email, password: 'inte det rätta lösenordet' });
		await expect(page.getByRole('alert')).toHaveText('E-postadressen eller lösenordet stämmer inte.');
		await expect(page.getByRole('form').getByLabel('E-post')).toHaveValue(email);
		await expect(page.getByRole('form').getByLabel('Lösenord')).toHaveValue('');
	}
	expect(await context.cookies()).toEqual([]);
	await expectGoodOnPhone(page);
	await context.close();
});

test('after too many attempts it is told how long to wait', async ({ browser, baseURL }) => {
	const context = await ownBrowser(browser, signedOut);
	const page = await context.newPage();
	for (let attempt = 0; attempt < 6; attempt++)
		await signIn(page, { email: 'impatient@region.example', password: `gissning nummer ${attempt}` });
	await expect(page.getByRole('alert')).toHaveText(
		/^Det har blivit för många försök\. Vänta (en|\d+) (minut|sekund)/
	);
	const form = { email: 'impatient@region.example', password: 'en gissning till' };
	const headers = { origin: baseURL ?? '', accept: 'text/html' };
	const refused = await page.request.post('/sign-in', { form, headers });
	expect(refused.status()).toBe(429);
	expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0);
	await context.close();
});

for (const to of [
	'//elsewhere.example',
	'/\\elsewhere.example',
	'https://elsewhere.example',
	'/..//elsewhere.example',
	'/en//elsewhere.example'
])
	test(`signing in leads nowhere else, whatever the address says: ${to}`, async ({ page, baseURL }) => {
		const answer = await page.request.post(`/sign-in?to=${encodeURIComponent(to)}`, {
			form: demoAccounts.statistician,
			headers: { origin: baseURL ?? '', accept: 'text/html' },
			maxRedirects: 0
		});
		expect(answer.status()).toBe(303);
		expect(answer.headers().location).toBe('/');
	});

test('the cookie is kept from scripts and from other sites, and forgotten with the browser', async ({
	page,
	context
}) => {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: buttons.statistician }).click();
	const [cookie, ...more] = await context.cookies();
	expect(more).toEqual([]);
	expect(cookie).toMatchObject({ name: 'session', httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
});

test('signing out ends the session itself, and has the browser forget the pages', async ({
	page,
	context
}) => {
	await page.goto('/sign-in?to=%2Faccount');
	await page.getByRole('button', { name: buttons.statistician }).click();
	await expect(heading(page)).toHaveText('Mitt konto');
	const before = await context.cookies();
	const answered = page.waitForResponse((response) => response.url().endsWith('/sign-out'));
	await page.getByRole('button', { name: 'Logga ut', exact: true }).click();
	expect((await (await answered).allHeaders())['clear-site-data']).toBe('"cache", "storage"');
	await expect(page.getByRole('status')).toHaveText('Du är utloggad.');
	expect(await context.cookies()).toEqual([]);
	await context.addCookies(before);
	await page.goto('/account');
	await expect(page).toHaveURL('/sign-in?why=idle&to=%2Faccount');
	await expect(page.getByRole('status')).toContainText('Du har varit borta en stund');
});

test('somebody invited chooses a password, turns on codes, and signs in with both', async ({ browser }) => {
	const email = 'sonja.rask@region.example';
	const link = await invited(browser, { name: 'Sonja Rask', email });
	const context = await ownBrowser(browser, { ...signedOut, javaScriptEnabled: false });
	const page = await context.newPage();

	const answer = await page.goto(link);
	expect(answer?.headers()).toMatchObject({
		'cache-control': 'private, no-store',
		'referrer-policy': 'strict-origin'
	});
	await expect(heading(page)).toHaveText('Välkommen till Bortfall');
	await expect(page.locator('p.lead')).toContainText('Sonja Rask');
	await choosePassword(page, 'kort');
	const next = page.getByLabel('Nytt lösenord');
	await expect(next).toHaveAccessibleDescription(/Lösenordet är för kort: det behöver minst 12 tecken/);
	await choosePassword(page, 'password2026!');
	await expect(next).toHaveAccessibleDescription(/prövas först av den som gissar/);
	await choosePassword(page, 'sonja rask bortfall');
	await expect(next).toHaveAccessibleDescription(/består mest av ditt namn/);
	await choosePassword(page, 'fem blå tåg mot norr', 'fem blå tåg mot söder');
	await expect(page.getByLabel('Samma lösenord igen')).toHaveAccessibleDescription(
		'De två lösenorden är inte lika.'
	);
	await expect(next).toHaveValue('');
	await choosePassword(page, 'fem blå tåg mot norr');

	await expect(page).toHaveURL('/sign-in/enrol');
	await page.goto('/units');
	await expect(page).toHaveURL('/sign-in/enrol?to=%2Funits');
	await expect(page.getByRole('img', { name: 'QR-kod som appen läser av' })).toBeVisible();
	await page.getByRole('textbox', { name: 'Engångskod' }).fill('12');
	await page.getByRole('button', { name: 'Slå på' }).click();
	await expect(page.getByRole('textbox')).toHaveAccessibleDescription(/Koden stämmer inte/);
	const { code, recoveryCodes } = await turnOnCodes(page);
	expect(new Set(recoveryCodes).size).toBe(10);
	await page.getByRole('link', { name: 'Jag har sparat koderna' }).click();
	await expect(page).toHaveURL(/^[^?]*\/units/);

	await page.getByRole('button', { name: 'Logga ut', exact: true }).click();
	await signIn(page, { email, password: 'fem blå tåg mot norr' });
	await page.goto('/account');
	await expect(page).toHaveURL('/sign-in/second-factor?to=%2Faccount');
	await page.getByRole('textbox', { name: 'Engångskod' }).fill(code());
	await page.getByRole('button', { name: 'Fortsätt' }).click();
	await expect(page).toHaveURL('/account');

	expect((await page.goto(link))?.status()).toBe(410);
	await expect(heading(page)).toHaveText('Länken gäller inte längre');
	await context.close();
});

test('the pages on the way in are good to read on a phone and with a screen reader', async ({ browser }) => {
	const link = await invited(browser, { name: 'Lisa Holst', email: 'lisa.holst@region.example' });
	const context = await ownBrowser(browser, signedOut);
	const page = await context.newPage();
	await page.goto(link);
	await expectGoodOnPhone(page);
	await choosePassword(page, 'fem blå tåg mot norr');
	await expectGoodOnPhone(page);
	await turnOnCodes(page);
	await expectGoodOnPhone(page);
	await context.close();
	const again = await ownBrowser(browser, signedOut);
	const second = await again.newPage();
	await signIn(second, { email: 'lisa.holst@region.example', password: 'fem blå tåg mot norr' });
	await expectGoodOnPhone(second);
	await second.goto(link);
	await expectGoodOnPhone(second);
	await again.close();
});

test('without the telephone a recovery code lets in, once', async ({ browser }) => {
	const person = await newPerson(browser);
	const { page } = person;
	const [recovery = ''] = person.recoveryCodes;
	const useRecovery = async () => {
		await page.getByRole('button', { name: 'Logga ut', exact: true }).click();
		await signIn(page, person);
		await page.getByRole('link', { name: /Jag har inte telefonen/ }).click();
		await page.getByRole('textbox', { name: 'Återställningskod' }).fill(` ${recovery.toUpperCase()} `);
		await page.getByRole('button', { name: 'Fortsätt' }).click();
	};
	await useRecovery();
	await expect(main(page)).toContainText('Du använde en återställningskod. 9 finns kvar.');
	await page.goto('/account');
	await expect(main(page)).toContainText('9 återställningskoder finns kvar.');
	await useRecovery();
	await expect(page.getByRole('textbox')).toHaveAccessibleDescription(/redan använd/);
	await page.goto('/account');
	await expect(page).toHaveURL('/sign-in/second-factor?to=%2Faccount');
	await person.close();
});

test('whoever is signed in is not asked to again', async ({ page }) => {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: buttons.statistician }).click();
	for (const path of [
		'/sign-in?to=%2Funits',
		'/sign-in/second-factor?to=%2Funits',
		'/sign-in/enrol?to=%2Funits'
	]) {
		await page.goto(path);
		await expect(page).toHaveURL('/units');
	}
});

for (const path of ['/sign-in/second-factor', '/sign-in/enrol'])
	test(`without a password first there is nothing to do at ${path}`, async ({ page }) => {
		await page.goto(`${path}?to=%2Funits`);
		await expect(page).toHaveURL('/sign-in?to=%2Funits');
	});

test('a link that is none of ours says what to do, and one of another form is no page', async ({ page }) => {
	expect((await page.goto(`/sign-in/link/${'a'.repeat(43)}`))?.status()).toBe(410);
	await expect(main(page)).toContainText('ber du en administratör för registret om en ny länk');
	await expect(main(page).getByRole('link', { name: 'Logga in' })).toBeVisible();
	expect((await page.goto('/sign-in/link/short'))?.status()).toBe(404);
});

test('where no organisation signs people in there is no way to one', async ({ request }) => {
	for (const path of ['/sign-in/oidc', '/sign-in/oidc/callback?code=a&state=b'])
		expect((await request.get(path)).status()).toBe(404);
});

test('signing in is in English too, and stays so', async ({ page }) => {
	await page.goto('/en/units');
	await expect(page).toHaveURL('/en/sign-in?to=%2Fen%2Funits');
	await page.getByRole('button', { name: 'Sign in as statistician' }).click();
	await expect(page).toHaveURL('/en/units');
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page.getByRole('status')).toHaveText('You are signed out.');
	await expect(page).toHaveURL('/en/sign-in?why=signedOut');
});

test('the language that is chosen while signing in is that of the page it leads to', async ({ page }) => {
	await page.goto('/units?period=2026-Q1');
	await page.getByRole('link', { name: 'English' }).click();
	await page.getByRole('button', { name: 'Sign in as statistician' }).click();
	await expect(page).toHaveURL('/en/units?period=2026-Q1');
});

test('signing in again ends the session that the browser had', async ({ page, context, baseURL }) => {
	await page.goto('/sign-in');
	await page.getByRole('button', { name: buttons.statistician }).click();
	const before = await context.cookies();
	const headers = { origin: baseURL ?? '', accept: 'text/html' };
	await page.request.post('/sign-in', { form: demoAccounts.coordinator, headers });
	await page.goto('/account');
	await expect(main(page)).toContainText(demoAccounts.coordinator.email);
	await context.addCookies(before);
	await page.goto('/account');
	await expect(page).toHaveURL('/sign-in?why=idle&to=%2Faccount');
});

test('no link of a page that is not there leads to another host', async ({ page }) => {
	await page.goto('/en//elsewhere.example');
	await expect(page.getByRole('link', { name: 'svenska' })).toHaveAttribute('href', /^\/(?!\/)/);
});
