import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { stateOf } from './signed-in.ts';

test.use({ storageState: stateOf('statistician') });

const quarter = '/notebooks/national-quarter';

/** What a page's content security policy has refused. */
function refusedBy(page: Page): string[] {
	const refused: string[] = [];
	page.on('console', (message) => {
		if (/content security policy/i.test(message.text())) refused.push(message.text());
	});
	return refused;
}

/** Puts a notebook on the shelf; its address. */
async function imported(page: Page, title: string, text: string): Promise<string> {
	await page.goto('/notebooks');
	await page.getByText('Läs in en fil').click();
	await page
		.getByLabel(/Markdownfil/)
		.setInputFiles({ name: `${title}.md`, mimeType: 'text/markdown', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: 'Läs in', exact: true }).click();
	await expect(page).toHaveURL(new RegExp(`/notebooks/${title}`));
	return `/notebooks/${title}`;
}

test('a notebook is read as a page, whose fields are its address', async ({ page }) => {
	const refused = refusedBy(page);
	await page.goto(quarter);
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.getByLabel('Region').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Visa' }).click();
	await expect(page).toHaveURL(/[?&]period=[^&]+&region=[^&]+/);
	const { search } = new URL(page.url());
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page).toHaveURL(new RegExp(`/en${quarter}`));
	expect(new URL(page.url()).search).toBe(search);
	await expect(page.getByRole('heading', { name: 'Provenance' })).toBeVisible();
	await page.goto('/notebooks/annual-quality-declaration');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	expect(refused).toEqual([]);
});

for (const [name, format, start] of [
	['Hämta PDF', 'pdf', '%PDF'],
	['Hämta Excel', 'xlsx', 'PK'],
	['Hämta HTML', 'html', '<!doctype html>'],
	['Hämta källtexten', 'md', '---\n']
] as const) {
	test(`it comes as ${format}, named by what was chosen and the day`, async ({ page }) => {
		await page.goto(`${quarter}?period=2026-Q1&as-of=2026-06-30`);
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name }).click()
		]);
		const stem = format === 'md' ? 'national-quarter' : 'national-quarter-2026-Q1-2026-06-30';
		expect(download.suggestedFilename()).toBe(`${stem}.${format}`);
		const parts: Buffer[] = [];
		for await (const part of await download.createReadStream()) parts.push(Buffer.from(part));
		expect(Buffer.concat(parts).subarray(0, start.length).toString()).toBe(start);
	});
}

test('the data of each block comes as a file for other programs', async ({ page }) => {
	await page.goto('/notebooks/unit-feedback?unit=sodersjukhuset');
	await page.getByText('Hämta data').click();
	const links = page.getByRole('link', { name: /med data ur frågan summary/ });
	await expect(links).toHaveText(['CSV', 'Parquet', 'Arrow']);
	for (const [link, start] of [
		[links.nth(0), '\uFEFF'],
		[links.nth(1), 'PAR1'],
		[links.nth(2), 'ARROW1']
	] as const) {
		const answer = await page.request.get((await link.getAttribute('href')) ?? '');
		expect(answer.status()).toBe(200);
		expect((await answer.body()).subarray(0, Buffer.byteLength(start)).toString()).toBe(start);
		expect(answer.headers().link).toMatch(/unit=sodersjukhuset.*; rel="via"$/);
	}
});

test('one that has to be told of which unit asks for it, and for nothing else', async ({ page }) => {
	await page.goto('/notebooks/unit-feedback');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Återkoppling');
	await expect(page.getByLabel('Enhet')).toHaveAccessibleDescription(/Behöver väljas/);
	await expect(page.getByRole('link', { name: 'Hämta PDF' })).toHaveCount(0);
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.getByLabel('Enhet').selectOption('sodersjukhuset');
	await page.getByRole('button', { name: 'Visa' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Södersjukhuset');
	const answer = await page.request.get('/notebooks/unit-feedback.pdf');
	expect([answer.status(), await answer.text()]).toEqual([
		422,
		'Filen kan inte göras förrän det här är valt: unit\n'
	]);
});

test('a notebook with faults shows them with their lines and the rest, and makes no file', async ({
	page
}) => {
	const address = await imported(
		page,
		'med-fel',
		'---\ntitle: Med fel\n---\n\nText som står kvar.\n\n```sql fraga\nselect fel from cube_birth\n```\n\n{fraga.n}\n'
	);
	await page.goto(address);
	await expect(page.getByRole('region', { name: / fel$/ })).toContainText('Rad 8');
	await expect(page.getByText('Text som står kvar.')).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.getByRole('link', { name: 'Felen som text' }).click();
	await expect(page.locator('body')).toContainText('Rad 8');
	for (const file of [`${address}.pdf`, `${address}.xlsx`, `${address}.html`, `${address}/fraga.csv`])
		expect((await page.request.get(file)).status(), file).toBe(422);
	expect((await page.request.get(`${address}.md`)).status()).toBe(200);
});

test('a long table is paged by links, and whole in the data', async ({ page }) => {
	const address = await imported(
		page,
		'lang-tabell',
		'---\ntitle: Lång tabell\n---\n\n```sql rader\nselect i from range(450) t(i)\n```\n\n```table\nfrom: rader\ntitle: Rader\ncolumns:\n  - { column: i, label: Tal, format: count }\n```\n'
	);
	await page.goto(address);
	await expect(page.locator('tbody th', { hasText: /^199$/ })).toHaveCount(1);
	await page.getByRole('link', { name: 'Nästa' }).click();
	await expect(page).toHaveURL(/page-rader=2/);
	await expect(page.locator('tbody th', { hasText: /^399$/ })).toHaveCount(1);
	const csv = await (await page.request.get(`${address}/rader.csv`)).text();
	expect(csv.trim().split('\r\n')).toHaveLength(451);
});

for (const [path, words] of [
	['/notebooks/no-such-notebook', 'no-such-notebook'],
	['/notebooks/national-quarter?version=2', 'version 2'],
	['/notebooks/national-quarter?draft', 'utkast']
] as const) {
	test(`what there is not is answered in words: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('main')).toContainText(words);
	});
}

test('a block that there is not, and a day ahead, are refused', async ({ request }) => {
	expect((await request.get(`${quarter}/nothing_such.csv`)).status()).toBe(404);
	expect((await request.get(`${quarter}.pdf?as-of=2999-01-01`)).status()).toBe(400);
});

test('what was fetched and asked is in the log', async ({ page, browser }) => {
	await page.request.get(`${quarter}.md`);
	const context = await browser.newContext({ storageState: stateOf('administrator') });
	const log = await context.newPage();
	await log.goto('/audit');
	await expect(log.getByRole('main')).toContainText(`${quarter}.md`);
	await context.close();
});

test('a notebook fits a phone', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 700 });
	for (const path of [quarter, '/notebooks/unit-feedback?unit=sodersjukhuset']) {
		await page.goto(path);
		expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
	}
});
