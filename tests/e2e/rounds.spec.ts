import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { formatDay, monthsName } from '#lib/format/days.ts';
import { reportFileName } from '#lib/server/feedback/unit-report.ts';
import { roundView } from '#lib/server/rounds/edition.ts';
import { heldInName } from '../../src/routes/rounds/round-words.ts';
import { lastFeedback } from './last-feedback.ts';
import { newPerson } from './new-person.ts';
import { stateOf } from './signed-in.ts';

const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Stockholm' });

/** The round that the demo has held and sent, and the one before it, which nobody has begun. */
const held = lastFeedback(today);
const before = lastFeedback(today, 1);
const unit = 'sodersjukhuset';

const main = (page: Page) => page.getByRole('main');
const lead = (page: Page) => page.locator('p.lead');
const button = (page: Page, name: string | RegExp) => main(page).getByRole('button', { name });

async function expectGoodOnPhone(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.setViewportSize({ width: 360, height: 800 });
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
	await page.setViewportSize({ width: 1280, height: 720 });
}

test('all rounds stand in a list, the newest first, and the next one is told of', async ({ page }) => {
	await page.goto('/rounds');
	await expect(lead(page)).toContainText('Nästa återkoppling gäller');
	const row = page.getByRole('region', { name: 'Hittills' }).getByRole('row').nth(1);
	await expect(row).toContainText(monthsName(held.period, 'sv'));
	await expect(row).toContainText('Skickad');
	await expect(row).toContainText(/(\d+) av \1/);
	await expectGoodOnPhone(page);
	await row.getByRole('link', { name: heldInName(held.heldIn, 'sv') }).click();
	await expect(page).toHaveURL(`/rounds/${held.heldIn}`);
	await expect(lead(page)).toContainText(/Återkopplingen är skickad\. \d+ av \d+ enheter har hämtat/);
	await expectGoodOnPhone(page);
});

test('a round that lies ahead says from when its figures can be frozen, and cannot be', async ({ page }) => {
	await page.goto('/rounds');
	await page.getByRole('table').last().getByRole('link').first().click();
	await expect(lead(page)).toContainText('När den dagen är slut kan siffrorna frysas');
	await expect(main(page).getByRole('button')).toHaveCount(0);
	const answer = await page.request.post(`${page.url()}?/freeze`, {
		headers: { origin: originOf(page), accept: 'text/html' },
		form: { nothing: '' }
	});
	expect(answer.status()).toBe(400);
	await expectGoodOnPhone(page);
});

const originOf = (page: Page) => new URL(page.url()).origin;

test.describe('as a statistician', () => {
	test.use({ storageState: stateOf('statistician') });

	test('a round is looked at, its files are fetched, and nothing of it is changed', async ({ page }) => {
		await page.goto(`/rounds/${held.heldIn}`);
		await expect(main(page).getByRole('button')).toHaveCount(0);
		const zip = await page.request.get(`/rounds/${held.heldIn}/1/reports.zip`);
		expect(zip.headers()['content-type']).toBe('application/zip');
		expect((await zip.body()).subarray(0, 2).toString()).toBe('PK');
		const nation = await page.request.get(`/rounds/${held.heldIn}/1/nation-nation-en.pdf`);
		expect((await nation.body()).subarray(0, 5).toString()).toBe('%PDF-');
		const change = await page.request.post(`/rounds/${held.heldIn}?/remind`, {
			headers: { origin: originOf(page) },
			form: {}
		});
		expect(change.status()).toBe(404);
		expect((await page.request.get('/contacts')).status()).toBe(404);
	});

	test('the clinics’ reports stand in a list, are found by their numbers and fetched', async ({ page }) => {
		await page.goto(`/rounds/${held.heldIn}`);
		await page.getByRole('link', { name: 'Visa och hämta deras rapporter' }).click();
		await expect(lead(page)).toContainText(/^\d+ mödravårdscentraler har var sin rapport/);
		const rows = page.getByRole('rowheader');
		const number = (await rows.last().textContent()) ?? '';
		await expectGoodOnPhone(page);
		await page.getByRole('textbox', { name: 'MVC-nummer' }).fill(number.toLowerCase());
		await page.getByRole('button', { name: 'Sök', exact: true }).click();
		await expect(rows.filter({ hasText: new RegExp(`^${number}$`) })).toHaveCount(1);
		const file = page.getByRole('link', { name: `PDF sv, mödravårdscentral ${number}` });
		const answer = await page.request.get((await file.getAttribute('href')) ?? '');
		expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
		await page.getByRole('textbox', { name: 'MVC-nummer' }).fill('nothing');
		await page.getByRole('button', { name: 'Sök', exact: true }).click();
		await expect(lead(page)).toHaveText('0 mödravårdscentraler har ett nummer som börjar på ”nothing”.');
	});

	test('units and rounds stand in one table of who has fetched', async ({ page }) => {
		await page.goto('/rounds/receipts');
		await expect(lead(page)).toContainText(/har\s\d+\sav\s\d+\senheter\shämtat sin rapport/);
		const table = page.getByRole('table');
		await expect(table.getByRole('row', { name: /^Södersjukhuset/ })).toContainText(/hämtad \d+ \w+|skickad/);
		await expect(table.getByRole('row', { name: /^Visby/ })).toContainText('ingen kontakt');
		await expectGoodOnPhone(page);
	});
});

test.describe('as a unit manager', () => {
	test.use({ storageState: stateOf('unitManager') });

	test('the unit’s report says what it says, and who fetches it is noted', async ({ page }) => {
		await page.goto(`/units/${unit}`);
		await main(page).getByRole('link', { name: 'Återkopplingar' }).click();
		await expectGoodOnPhone(page);
		await page.getByRole('link', { name: heldInName(held.heldIn, 'sv') }).click();
		await expect(lead(page)).toContainText(`födslar är rapporterade för ${monthsName(held.period, 'sv')}`);
		await expect(main(page)).toContainText(/\d+ nya? flagg(a|or), \d+ kvarstår, \d+ löst/);
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name: 'PDF på svenska' }).click()
		]);
		const name = reportFileName({ unit, view: roundView(held), locale: 'sv' });
		expect(download.suggestedFilename()).toBe(`${name}-sv.pdf`);
		expect(
			readFileSync(await download.path())
				.subarray(0, 5)
				.toString()
		).toBe('%PDF-');
		await page.reload();
		await expect(main(page)).toContainText(
			new RegExp(`${formatDay(today, 'sv')} \\d\\d\\.\\d\\d, Maria Berg`)
		);
		await expectGoodOnPhone(page);
	});

	for (const path of [
		`/units/visby/rounds`,
		`/units/visby/rounds/${held.heldIn}`,
		`/units/visby/rounds/${held.heldIn}/1/sv.pdf`,
		`/units/${unit}/rounds/${held.heldIn}/99/sv.pdf`,
		`/units/${unit}/rounds/${lastFeedback(today, 2).heldIn}`,
		`/rounds/${held.heldIn}/1/unit-${unit}-sv.pdf`
	])
		test(`there is no ${path}`, async ({ page }) => {
			expect((await page.request.get(path)).status()).toBe(404);
		});
});

/** The bytes of a unit's report as they lie on the disk of the tests' server. */
const onDisk = (name: string) =>
	join(process.env.BORTFALL_E2E_FOLDER ?? '', `data/rounds/${before.heldIn}/1/reports/unit/${name}`);

test('without script a round is frozen, made, looked through, approved by two, sent and corrected', async ({
	browser,
	baseURL
}) => {
	test.setTimeout(240_000);
	const context = await browser.newContext({
		javaScriptEnabled: false,
		baseURL: baseURL ?? '',
		storageState: stateOf('administrator')
	});
	const page = await context.newPage();
	await page.goto(`/rounds/${before.heldIn}`);
	await expect(lead(page)).toContainText('Dags att frysa siffrorna');
	await button(page, 'Frys siffrorna').click();
	await expect(lead(page)).toContainText('Siffrorna är frysta');
	await button(page, 'Gör rapporterna').click();
	await expect(lead(page)).toContainText(/Rapporterna görs: \d+ av \d+ filer är klara\./);
	await expect(page.getByRole('progressbar', { name: 'Klara filer' })).toBeVisible();
	await expect(page.getByRole('link', { name: 'Stanna' })).toBeVisible();
	// the page asks for itself anew until the work is done
	await expect(lead(page)).toContainText('Rapporterna är gjorda.', { timeout: 180_000 });

	const reports = page.getByRole('region', { name: /^Rapporterna till \d+ enheter/ });
	await expect(reports.getByRole('row', { name: /^Södersjukhuset/ })).toContainText(
		'födslar är rapporterade'
	);
	await page.getByText('Första sidorna i rapporterna').click();
	const pictures = page.getByRole('img', { name: /^Första sidan i rapporten till / });
	await expect(pictures).toHaveCount(await reports.getByRole('rowheader').count());
	// those that come into view are fetched
	for (const picture of [pictures.first(), pictures.last()]) {
		await picture.scrollIntoViewIfNeeded();
		await expect(picture).not.toHaveJSProperty('naturalWidth', 0);
	}

	// a damaged file is not handed out, holds the release, is named, and is made again; the others stay as they are
	const [damaged, other] = [`${unit}-sv.pdf`, `${unit}-en.pdf`].map(onDisk);
	const whole = [readFileSync(damaged ?? ''), readFileSync(other ?? '')];
	writeFileSync(damaged ?? '', Buffer.alloc(whole[0]?.length ?? 0));
	for (const file of [`unit-${unit}-sv.pdf`, 'reports.zip']) {
		const refused = await page.goto(`/rounds/${before.heldIn}/1/${file}`);
		expect(refused?.status()).toBe(500);
		await expect(lead(page)).toContainText(
			new RegExp(`reports/unit/${unit}-sv\\.pdf är inte längre som den gjordes.*”Kontrollera filerna”`)
		);
		await expect(page.getByRole('navigation').first()).toBeVisible();
	}
	// the link to the other language leads back to the file
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page).toHaveURL(`/en/rounds/${before.heldIn}/1/reports.zip`);
	await expect(lead(page)).toContainText('is no longer as it was made');
	const elsewhere = await page.request.get('/damaged-report?file=x&at=//example.org', { maxRedirects: 0 });
	expect([elsewhere.status(), elsewhere.headers().location]).toEqual([303, '/']);
	await page.goto(`/rounds/${before.heldIn}`);
	await button(page, 'Godkänn').click();
	await expect(page.getByRole('checkbox')).toHaveAccessibleDescription('Kryssa i att det är det du vill.');
	await page.getByRole('checkbox').check();
	await button(page, 'Godkänn').click();
	await expect(main(page).getByRole('listitem').filter({ hasText: 'Södersjukhuset, sv, PDF' })).toContainText(
		'filen är inte längre som den gjordes'
	);
	await button(page, 'Gör om dem som saknas').click();
	await expect(lead(page)).toContainText('Rapporterna är gjorda.', { timeout: 60_000 });
	expect([readFileSync(damaged ?? ''), readFileSync(other ?? '')]).toEqual(whole);

	await expect(lead(page)).toContainText('två personer behöver göra det');
	await page.getByRole('checkbox').check();
	await button(page, 'Godkänn').click();
	await expect(lead(page)).toContainText('Anna Sjö har godkänt. En person till');
	await expect(main(page)).toContainText('Du har godkänt. Det behövs en person till.');
	await expect(button(page, 'Godkänn')).toHaveCount(0);
	const alone = await page.request.post(`/rounds/${before.heldIn}?/approve`, {
		headers: { origin: originOf(page), accept: 'text/html' },
		form: { sure: 'yes' }
	});
	expect(alone.status()).toBe(400);
	const second = await newPerson(browser, { name: 'Ulf Två', role: 'administrator' });
	await second.page.goto(`/rounds/${before.heldIn}`);
	await second.page.getByRole('checkbox').check();
	await button(second.page, 'Godkänn').click();
	await expect(main(second.page)).toContainText(/Godkänd \d+ .* av Ulf Två\./);
	await second.close();
	await page.reload();
	await button(page, 'Skicka till enheterna nu').click();
	await expect(lead(page)).toContainText(/Rapporterna skickas|Återkopplingen är skickad/);

	await page.getByText('Gör en rättad utgåva').click();
	await button(page, 'Frys om siffrorna').click();
	await expect(page.getByLabel('Skäl')).toHaveAccessibleDescription('Skriv varför utgåvan behöver rättas.');
	await page.getByLabel('Skäl').fill('Gävle sjukhus har sänt in mars en gång till.');
	await button(page, 'Frys om siffrorna').click();
	await expect(main(page)).toContainText('Det här är utgåva 2');
	await expect(main(page)).toContainText('Gävle sjukhus har sänt in mars en gång till.');
	// until the new edition is approved the unit keeps the first
	await page.goto(`/units/${unit}/rounds/${before.heldIn}`);
	await expect(page.getByRole('link', { name: 'PDF på svenska' })).toHaveAttribute('href', /\/1\/sv\.pdf$/);
	await context.close();
});

test('a unit’s contacts are added, changed and ended, and no number comes again', async ({ page }) => {
	await page.goto('/contacts');
	await page.getByRole('link', { name: 'Skellefteå lasarett' }).click();
	await expect(lead(page)).toHaveText('Ingen får enhetens återkoppling. Lägg till någon.');
	const add = page.getByRole('form', { name: 'Lägg till en kontakt' });
	const fill = async (name: string, email: string) => {
		await add.getByLabel('Namn').fill(name);
		await add.getByLabel('E-post').fill(email);
		await add.getByRole('button').click();
	};
	await fill('Eva Ek', 'eva');
	await expect(add.getByLabel('E-post')).toHaveAccessibleDescription(/Skriv en e-postadress/);
	await expect(add.getByLabel('Namn')).toHaveValue('Eva Ek');
	await fill('Eva Ek', 'eva.ek@region.example');
	await expect(page.getByRole('status')).toHaveText('Eva Ek är tillagd som kontakt nummer 1.');
	await fill('Bo Ek', 'Eva.Ek@region.example');
	await expect(add.getByLabel('E-post')).toHaveAccessibleDescription(
		'Enheten har redan en kontakt med den adressen.'
	);
	await expectGoodOnPhone(page);

	await page.getByText('Ändra', { exact: true }).click();
	const change = page.getByRole('form', { name: 'Ändra Eva Ek' });
	await change.getByLabel('engelska').check();
	await change.getByRole('button').click();
	await expect(page.getByRole('status')).toHaveText('Kontakt nummer 1 är ändrad: Eva Ek.');
	await expect(main(page)).toContainText('eva.ek@region.example · engelska');

	await page.getByText('Avsluta', { exact: true }).first().click();
	const end = page.getByRole('form', { name: 'Avsluta Eva Ek' });
	await end.getByRole('button').click();
	await expect(end.getByRole('checkbox')).toHaveAccessibleDescription('Kryssa i att det är det du vill.');
	await end.getByRole('checkbox').check();
	await end.getByRole('button').click();
	await expect(page.getByRole('status')).toHaveText('Eva Ek, kontakt nummer 1, är avslutad.');
	await fill('Bo Ek', 'bo.ek@region.example');
	await expect(page.getByRole('status')).toHaveText('Bo Ek är tillagd som kontakt nummer 2.');
	await page.goto('/contacts');
	await expect(page.getByRole('row', { name: /^Skellefteå/ })).toContainText('Bo Ek');
	await expectGoodOnPhone(page);
	expect((await page.goto('/contacts/no-such-unit'))?.status()).toBe(404);
});
