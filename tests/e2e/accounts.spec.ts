import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { choosePassword, newPerson, ownBrowser, signIn } from './new-person.ts';
import { demoAccounts, signedOut, stateOf } from './signed-in.ts';

const main = (page: Page) => page.getByRole('main');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const fact = (page: Page, name: string) =>
	page.locator('dl div', { has: page.getByText(name, { exact: true }) }).locator('dd');
const button = (page: Page, name: string) => main(page).getByRole('button', { name, exact: true });

async function expectGoodOnPhone(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.setViewportSize({ width: 360, height: 800 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
	await page.setViewportSize({ width: 1280, height: 720 });
}

/** The page of an account, as the administrator opens it. */
async function open(page: Page, email: string) {
	await page.goto(`/accounts?q=${encodeURIComponent(email)}`);
	await main(page).getByRole('row').getByRole('link').click();
}

test('the list of accounts is narrowed by name, role and state, and the address says so', async ({
	page
}) => {
	const response = await page.goto('/accounts?role=administrator&state=open&q=anna');
	expect(response?.headers()['cache-control']).toBe('private, no-store');
	const rows = main(page)
		.getByRole('row')
		.filter({ has: page.getByRole('rowheader') });
	await expect(rows).toHaveCount(1);
	await expect(rows).toContainText(/Anna Sjö.*Administratör.*hela landet.*Öppet \(demo\)/s);
	await page.getByRole('combobox', { name: 'Roll' }).selectOption({ label: 'Statistiker' });
	await page.getByRole('button', { name: 'Visa' }).click();
	await expect(page.getByRole('status')).toContainText('0 konton visas.');
	await page.getByRole('link', { name: 'Visa alla' }).click();
	await expect(main(page)).toContainText('Maria Berg');
	await expectGoodOnPhone(page);
	expect((await page.goto('/accounts?role=queen'))?.status()).toBe(400);
});

test('an invitation says at its fields what is wrong with it, and keeps the rest', async ({ page }) => {
	await page.goto('/accounts');
	await page.getByText('Bjud in någon').click();
	const form = page.getByRole('form', { name: 'Bjud in någon' });
	await form.getByLabel('E-post').fill(demoAccounts.coordinator.email.toUpperCase());
	await form.getByLabel('Namn').fill('Karin Lund');
	await form.getByRole('radio', { name: /^Regional samordnare/ }).check();
	await expect(form.getByRole('group', { name: 'Enheter' })).toBeHidden();
	await form.getByRole('button', { name: 'Bjud in' }).click();
	await expect(form.getByRole('group', { name: 'Regioner' })).toHaveAccessibleDescription(
		'Välj minst en region.'
	);
	await form.getByLabel('Region Gotland').check();
	await form.getByRole('button', { name: 'Bjud in' }).click();
	await expect(form.getByLabel('E-post')).toHaveAccessibleDescription(
		'Det finns redan ett konto med den e-postadressen.'
	);
	await expect(form.getByLabel('Region Gotland')).toBeChecked();
	await form.getByLabel('E-post').fill('ingen adress');
	await form.getByRole('button', { name: 'Bjud in' }).click();
	await expect(form.getByLabel('E-post')).toHaveAccessibleDescription(/Skriv en e-postadress/);
	await expectGoodOnPhone(page);
});

test('another role ends the sessions, and what the person may see changes', async ({ page, browser }) => {
	const person = await newPerson(browser);
	await open(page, person.email);
	await expect(fact(page, 'Behörighet')).toHaveText('Visby lasarett');
	const form = page.getByRole('form', { name: 'Ändra' });
	await form.getByRole('radio', { name: /^Statistiker/ }).check();
	await form.getByLabel('Namn').fill('Nils Nyare');
	await form.getByRole('button', { name: 'Spara' }).click();
	await expect(page.getByRole('status')).toHaveText('Ändringarna är sparade.');
	await expect(heading(page)).toHaveText('Nils Nyare');
	await expect(fact(page, 'Behörighet')).toHaveText('hela landet');
	await person.page.goto('/account');
	await expect(person.page).toHaveURL('/sign-in?why=idle&to=%2Faccount');
	await expectGoodOnPhone(page);
	await person.close();
});

test('an account is closed only when that is meant; it is signed out, and opens again', async ({
	page,
	browser
}) => {
	const person = await newPerson(browser);
	await open(page, person.email);
	await button(page, 'Stäng kontot').click();
	const sure = page.getByLabel(`Ja, stäng kontot för ${person.name}`);
	await expect(sure).toHaveAccessibleDescription('Kryssa i att det är det du vill.');
	await sure.check();
	await button(page, 'Stäng kontot').click();
	await expect(page.getByRole('status')).toHaveText('Kontot är stängt.');
	await expect(fact(page, 'Läge')).toHaveText('Stängt');
	await person.page.goto('/account');
	await expect(person.page).toHaveURL('/sign-in?why=idle&to=%2Faccount');
	await signIn(person.page, person);
	await expect(person.page.getByRole('alert')).toHaveText('E-postadressen eller lösenordet stämmer inte.');
	await button(page, 'Öppna kontot igen').click();
	await expect(fact(page, 'Läge')).toHaveText('Öppet');
	await signIn(person.page, person);
	await expect(person.page).toHaveURL('/sign-in/second-factor');
	await person.close();
});

test('nobody closes or changes the account that they are signed in with', async ({ page, baseURL }) => {
	await open(page, demoAccounts.administrator.email);
	await expect(main(page)).toContainText('Det här är ditt eget konto.');
	await expect(main(page).getByRole('form')).toHaveCount(0);
	const headers = { origin: baseURL ?? '', accept: 'text/html' };
	const own = { name: 'Anna', role: 'statistician', sure: 'yes' };
	for (const action of ['close', 'change']) {
		const answer = await page.request.post(`${page.url()}?/${action}`, { headers, form: own });
		expect(answer.status()).toBe(400);
	}
	await page.reload();
	await expect(fact(page, 'Roll')).toHaveText('Administratör');
	await expect(fact(page, 'Läge')).toContainText('Öppet');
});

test('a lost telephone: without the old codes new ones are turned on', async ({ page, browser }) => {
	const person = await newPerson(browser);
	await open(page, person.email);
	await button(page, 'Ta bort engångskoderna').click();
	const sure = page.getByLabel('Jag vet att det är rätt person som ber om det');
	await expect(sure).toHaveAccessibleDescription('Kryssa i att det är det du vill.');
	await sure.check();
	await button(page, 'Ta bort engångskoderna').click();
	await expect(page.getByRole('status')).toContainText('Engångskoderna är borttagna.');
	await signIn(person.page, person);
	await expect(person.page).toHaveURL('/sign-in/enrol');
	await person.close();
});

test('a forgotten password: a link that works once gives a new one', async ({ page, browser }) => {
	const person = await newPerson(browser);
	await open(page, person.email);
	await button(page, 'Gör en länk för nytt lösenord').click();
	const link = await page.getByLabel('Länk').inputValue();
	await expect(page.getByRole('link', { name: 'Skriv mejlet' })).toHaveAttribute(
		'href',
		new RegExp(`^mailto:${encodeURIComponent(person.email)}\\?.*${encodeURIComponent(link)}$`)
	);
	await expectGoodOnPhone(page);
	await person.page.goto(link);
	await expect(heading(person.page)).toHaveText('Välj ett nytt lösenord');
	await choosePassword(person.page, 'sju röda båtar i hamn');
	// the password alone is not enough after this either
	await expect(person.page).toHaveURL('/sign-in/second-factor');
	await person.page.getByRole('textbox', { name: 'Engångskod' }).fill(person.code());
	await person.page.getByRole('button', { name: 'Fortsätt' }).click();
	await person.page.goto('/account');
	await expect(heading(person.page)).toHaveText('Mitt konto');
	expect((await person.page.goto(link))?.status()).toBe(410);
	await person.close();
});

test('an administrator sees where somebody is signed in, and ends it', async ({ page, browser }) => {
	const person = await newPerson(browser);
	await open(page, person.email);
	await expect(main(page).locator('table').first().getByRole('row')).toHaveCount(2);
	await button(page, 'Logga ut överallt').click();
	await expect(page.getByRole('status')).toHaveText('Utloggad: en inloggning avslutades.');
	await expect(main(page)).toContainText('Inte inloggad någonstans.');
	await person.page.goto('/account');
	await expect(person.page).toHaveURL('/sign-in?why=idle&to=%2Faccount');
	await person.close();
});

test('a new password of my own ends my other sessions and keeps this one', async ({ browser }) => {
	const person = await newPerson(browser);
	const { page } = person;
	const context = await ownBrowser(browser, signedOut);
	const other = await context.newPage();
	await signIn(other, person);
	await other.getByRole('textbox', { name: 'Engångskod' }).fill(person.code());
	await other.getByRole('button', { name: 'Fortsätt' }).click();
	await other.goto('/account');
	const response = await page.goto('/account');
	expect(response?.headers()['cache-control']).toBe('private, no-store');
	await expect(page.getByRole('row')).toHaveCount(3);
	await expect(page.getByText('den här webbläsaren')).toHaveCount(1);
	await expectGoodOnPhone(page);

	const change = async (current: string, next: string) => {
		await page.getByLabel('Nuvarande lösenord').fill(current);
		await page.getByLabel('Nytt lösenord').fill(next);
		await page.getByLabel('Samma lösenord igen').fill(next);
		await button(page, 'Byt lösenord').click();
	};
	await change('inte det rätta alls', 'nio gula hus på rad');
	await expect(page.getByLabel('Nuvarande lösenord')).toHaveAccessibleDescription(
		'Det nuvarande lösenordet stämmer inte.'
	);
	await change(person.password, 'kort');
	await expect(page.getByLabel('Nytt lösenord')).toHaveAccessibleDescription(/Lösenordet är för kort/);
	await change(person.password, 'nio gula hus på rad');
	await expect(page.getByRole('status')).toContainText('Lösenordet är bytt.');
	await expect(page.getByRole('row')).toHaveCount(2);
	await other.goto('/account');
	await expect(other).toHaveURL('/sign-in?why=idle&to=%2Faccount');
	await context.close();
	await person.close();
});

test('new recovery codes of my own are shown once; signing out everywhere ends this session too', async ({
	browser
}) => {
	const person = await newPerson(browser);
	const { page } = person;
	await page.goto('/account');
	await button(page, 'Gör nya återställningskoder').click();
	await expect(main(page)).toContainText('Det nuvarande lösenordet stämmer inte');
	await page.getByLabel('Ditt lösenord').fill(person.password);
	await button(page, 'Gör nya återställningskoder').click();
	const codes = await main(page).locator('li code').allInnerTexts();
	expect(codes).toHaveLength(10);
	expect(codes.filter((code) => person.recoveryCodes.includes(code))).toEqual([]);
	await expectGoodOnPhone(page);
	await page.goto('/account');
	await expect(main(page)).not.toContainText(codes[0] ?? 'none');
	await button(page, 'Logga ut överallt').click();
	await expect(page.getByRole('status')).toHaveText('Du är utloggad.');
	await person.close();
});

test("a demo's account keeps its password for all who try it", async ({ page, baseURL }) => {
	await page.goto('/account');
	await expect(main(page)).toContainText('Demonstrationens konton är öppna för alla');
	await expect(page.getByLabel('Nytt lösenord')).toHaveCount(0);
	const headers = { origin: baseURL ?? '', accept: 'text/html' };
	const next = 'tio svarta katter i rad';
	const form = { current: demoAccounts.administrator.password, next, again: next };
	expect((await page.request.post('/account?/password', { headers, form })).status()).toBe(403);
	expect((await page.request.post('/account?/codes', { headers, form: {} })).status()).toBe(403);
});

test('the log tells who did what, is narrowed by that, and its chain is whole', async ({ page, browser }) => {
	const person = await newPerson(browser, { name: '=1+1 Nilsson' });
	const response = await page.goto('/audit');
	expect(response?.headers()['cache-control']).toBe('private, no-store');
	await page.getByLabel('Vem', { exact: true }).selectOption({ label: `${person.name} (${person.email})` });
	await page.getByLabel('Vad', { exact: true }).selectOption({ label: 'Loggade in' });
	await page.getByRole('button', { name: 'Visa' }).click();
	await expect(page).toHaveURL(/who=[^&]+&act=signedIn/);
	await expect(main(page).getByRole('row').filter({ hasText: person.name })).toHaveCount(1);
	await expectGoodOnPhone(page);

	await button(page, 'Kontrollera kedjan').click();
	await expect(main(page)).toContainText(/Kedjan är hel: alla \d+ anteckningar stämmer\./);
	await expect(page.getByLabel('Vad', { exact: true })).toHaveValue('signedIn');

	const fetched = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Hämta som CSV' }).click();
	const file = await fetched;
	expect(file.suggestedFilename()).toMatch(/^bortfall-logg-\d{4}-\d{2}-\d{2}\.csv$/);
	const text = readFileSync(await file.path(), 'utf8');
	const [head, line, ...rest] = text.split('\r\n');
	expect(head).toBe('\uFEFFNr;När;Vem;Vad;Enhet;Gällde;Från adress');
	// a name that a spreadsheet would compute is told as text
	expect(line).toContain(`;'${person.name};Loggade in;`);
	expect(rest).toEqual(['']);
	await person.close();
});

test('the log has pages, and refuses what is no day', async ({ page }) => {
	expect((await page.goto('/audit?from=2026-02-30'))?.status()).toBe(400);
	await expect(main(page)).toContainText('”2026-02-30” är ingen dag.');
	expect((await page.goto('/audit?act=nothing'))?.status()).toBe(400);
	expect((await page.goto('/audit?page=99999'))?.status()).toBe(404);
	await page.goto('/audit?from=1999-01-01&to=1999-12-31');
	await expect(page.getByRole('status')).toContainText('Ingenting i loggen är av det slaget.');
});

for (const role of ['unitManager', 'coordinator', 'statistician'] as const)
	test(`for a ${role} there are no pages of accounts and log`, async ({ browser }) => {
		const context = await ownBrowser(browser, { storageState: stateOf(role) });
		const page = await context.newPage();
		for (const path of ['/accounts', '/audit', '/audit/entries.csv', '/accounts/0a1b2c3d-none'])
			expect((await page.request.get(path)).status(), path).toBe(404);
		await context.close();
	});

test('an account that is not there is said so', async ({ page }) => {
	expect((await page.goto('/accounts/00000000-0000-4000-8000-000000000000'))?.status()).toBe(404);
	await expect(main(page)).toContainText('Det finns inget sådant konto.');
});
