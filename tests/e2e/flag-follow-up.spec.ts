import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { formatDay } from '#lib/format/days.ts';
import { addDays, daysBetween } from '#lib/period/day.ts';
import { usualPeriod } from '#lib/period/view.ts';

const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });
const inSwedish = (day: string) => formatDay(day, 'sv');

/** In the small demo all units but six have never reported: each test follows that up at a unit of its own. */
const notReported = (unit: string) => `/units/${unit}/flags/volume.${usualPeriod(today).from}`;

/** The flag of the variable that stops at a unit on 12 April, in the year in which it does, and a view of that year. */
const year = Number(today.slice(0, 4)) - (daysBetween(`${today.slice(0, 4)}-04-12`, today) >= 75 ? 0 : 1);
const stopped = `/units/sodersjukhuset/flags/values.APGAR5.${year}-01`;

const acknowledgement = (page: Page) => page.getByRole('form', { name: 'Kvittera' });
const noteForm = (page: Page) => page.getByRole('form', { name: 'Skriv en anteckning' });
const send = (form: Locator) => form.getByRole('button');
const log = (page: Page) => page.getByRole('region', { name: 'Logg' });
const entries = (page: Page) => log(page).getByRole('listitem');

async function expectNoViolations(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test('a flag has a page with its sentence, its figures, what to do and the births to mend', async ({
	page
}) => {
	const response = await page.goto(`${stopped}?period=${year}`);
	expect(response?.headers()['cache-control']).toBe('private, no-store');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Apgar vid 5 minuter');
	await expect(page.locator('p.lead')).toContainText('Apgar vid 5 minuter saknas för nästan alla barn sedan');
	const figure = (name: string) => page.locator('dl div', { has: page.getByText(name, { exact: true }) });
	await expect(figure('Berör')).toContainText(/\d barn/);
	await expect(figure('Sedan dess')).toContainText(/\d\s%\s\(\d+\sav\s\d+\)/);
	await expect(page.getByRole('heading', { name: 'Vad du kan göra' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Födslar att rätta' })).toHaveAttribute(
		'href',
		new RegExp(`^/units/sodersjukhuset/mend/APGAR5(\\?period=${year})?$`)
	);
	await expectNoViolations(page);
});

test('an acknowledged flag rests until its day, and the log says who, why and until when', async ({
	page
}) => {
	await page.goto(notReported('visby'));
	await expect(page.getByRole('main')).toContainText('Inte kvitterad');
	await expect(log(page)).toContainText('Inget är antecknat än.');
	const form = acknowledgement(page);
	await expect(form.getByLabel('Till och med')).toHaveValue(addDays(today, 30));
	await form.getByLabel('Åtgärdas').check();
	const until = addDays(today, 100);
	await form.getByLabel('Till och med').fill(until);
	await form.getByLabel('Kommentar').fill('Filen är på väg.');
	await send(form).click();

	await expect(page).toHaveURL(`${notReported('visby')}#log`);
	const state = `Kvitterad till ${inSwedish(until)}: åtgärdas`;
	await expect(page.getByRole('main').getByText(state)).toHaveCount(2);
	await expect(entries(page)).toHaveCount(1);
	await expect(entries(page)).toContainText('Filen är på väg.');
	await expect(entries(page)).toContainText(/Anna Sjö · gällde då \d+ födslar/);
	await page.reload();
	await expect(entries(page)).toHaveCount(1);
	await expectNoViolations(page);

	await page.getByRole('button', { name: 'Återta kvitteringen' }).click();
	await expect(page.getByRole('main')).toContainText('Inte kvitterad');
	await expect(entries(page)).toHaveCount(2);
	await expect(entries(page).first()).toContainText('Kvitteringen återtagen');
});

test('a form that is sent twice writes one note', async ({ page, baseURL }) => {
	await page.goto(notReported('ystad'));
	await acknowledgement(page).getByLabel('Byte av system').check();
	const key = await acknowledgement(page).locator('input[name=key]').inputValue();
	await send(acknowledgement(page)).dblclick();
	await expect(page).toHaveURL(/#log$/);
	await expect(entries(page)).toHaveCount(1);
	const again = await page.request.post(`${notReported('ystad')}?/acknowledge`, {
		headers: { origin: baseURL ?? '' },
		form: { key, reason: 'systemChange', until: addDays(today, 30), text: '' }
	});
	expect(again.ok()).toBe(true);
	await page.reload();
	await expect(entries(page)).toHaveCount(1);
});

test('what is written in two tabs is all kept, newest first, and no identity number is', async ({
	page,
	context
}) => {
	await page.goto(notReported('vastervik'));
	const other = await context.newPage();
	await other.goto(notReported('vastervik'));
	await noteForm(page).getByLabel('Anteckning').fill('Ringde enheten.');
	await send(noteForm(page)).click();
	await expect(entries(page)).toHaveCount(1);
	await noteForm(other).getByLabel('Anteckning').fill('Gäller 19570428-9999.\nSvar i morgon.');
	await send(noteForm(other)).click();
	await expect(entries(other)).toHaveCount(2);
	await expect(entries(other).first()).toContainText('Gäller ….');
	await expect(entries(other).last()).toContainText('Ringde enheten.');
	await expect(other.getByRole('main')).not.toContainText('9999');
});

test('what is wrong is said at its field, the rest stays written, and nothing is noted', async ({ page }) => {
	await page.goto(notReported('kalmar'));
	const form = acknowledgement(page);
	await form.getByLabel('Till och med').fill(addDays(today, 400));
	await form.getByLabel('Kommentar').fill('Vi byter system.');
	await send(form).click();
	await expect(form.getByLabel('Till och med')).toHaveAccessibleDescription(
		/Skriv en dag efter i dag och högst ett år framåt/
	);
	await expect(form.getByRole('radiogroup')).toHaveAccessibleDescription('Välj ett skäl.');
	await expect(form.getByLabel('Till och med')).toHaveValue(addDays(today, 400));
	await expect(form.getByLabel('Kommentar')).toHaveValue('Vi byter system.');
	await expect(log(page)).toContainText('Inget är antecknat än.');
	await expectNoViolations(page);

	await send(noteForm(page)).click();
	await expect(noteForm(page).getByLabel('Anteckning')).toHaveAccessibleDescription(
		/Skriv något i anteckningen/
	);
	await form.getByLabel('Känt').check();
	await send(form).click();
	await expect(page.getByRole('main')).toContainText(`Kvitterad till ${inSwedish(addDays(today, 30))}: känt`);
});

test('without script it is the same', async ({ browser, baseURL }) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
	const page = await context.newPage();
	await page.goto(`/en${notReported('varnamo')}`);
	const form = page.getByRole('form', { name: 'Acknowledge' });
	await form.getByLabel('Not an error').check();
	await form.getByRole('button').click();
	await expect(page).toHaveURL(`/en${notReported('varnamo')}#log`);
	await expect(page.getByRole('listitem').filter({ hasText: ': not an error' })).toHaveCount(1);
	await context.close();
});

test('from an earlier day, what was noted later is not there, and nothing can be written', async ({
	page
}) => {
	await page.goto(notReported('skelleftea'));
	await noteForm(page).getByLabel('Anteckning').fill('Skrivet i dag.');
	await send(noteForm(page)).click();
	await expect(entries(page)).toHaveCount(1);
	await page.goto(`${notReported('skelleftea')}?as-of=${addDays(today, -1)}`);
	await expect(log(page)).toContainText('Inget är antecknat än.');
	await expect(page.getByRole('form')).toHaveCount(0);
	await page.getByRole('link', { name: 'Visa dagens läge' }).click();
	await expect(entries(page)).toHaveCount(1);
});

test('a matter that is no longer there keeps its log; without notes there is no such page', async ({
	page
}) => {
	const before = `${stopped}?period=${year}-Q1`;
	expect((await page.goto(before))?.status()).toBe(404);
	await expect(page.getByRole('main')).toContainText('Södersjukhuset har ingen sådan sak att åtgärda');
	await page.goto(`${stopped}?period=${year}`);
	await noteForm(page).getByLabel('Anteckning').fill('Exporten är rättad.');
	await send(noteForm(page)).click();
	await page.goto(before);
	await expect(page.locator('p.lead')).toHaveText('Saken är löst: ingenting sticker längre ut.');
	await expect(entries(page).first()).toContainText('Exporten är rättad.');
	await expect(acknowledgement(page)).toHaveCount(0);
	await expectNoViolations(page);
	await page.goto(`${stopped}?period=${year}-Q2`);
	await expect(page.locator('p.lead')).toContainText(`hör till en period från januari ${year}`);
});

for (const [path, words] of [
	['/units/atlantis/flags/volume.2026-01', 'Ingen enhet heter ”atlantis”.'],
	['/units/visby/flags/late.1975-01', 'ingen sådan sak att åtgärda'],
	['/units/visby/flags/nonsense', 'Sidan finns inte']
] as const)
	test(`there is no page at ${path}`, async ({ page }) => {
		expect((await page.goto(path))?.status()).toBe(404);
		await expect(page.getByRole('main')).toContainText(words);
	});

test('a note from another site is refused', async ({ request }) => {
	const response = await request.post(`${notReported('motala')}?/note`, {
		headers: { origin: 'https://elsewhere.example' },
		form: { key: 'a-key-of-somebody-else', text: 'Hej' }
	});
	expect(response.status()).toBe(403);
});

test('on a phone the page is as wide as the screen', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 800 });
	await page.goto(`${stopped}?period=${year}`);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('a form that is none of ours is refused as such, and nothing is noted', async ({ request, baseURL }) => {
	const headers = { origin: baseURL ?? '', accept: 'text/html' };
	for (const key of ['', ';env;', 'x'.repeat(65)]) {
		const form = { key, text: 'Hi there!' };
		const answer = await request.post(`${notReported('kalmar')}?/note`, { headers, form });
		expect(answer.status(), key).toBe(400);
	}
	expect(await (await request.get(notReported('kalmar'))).text()).not.toContain('Hi there!');
});
