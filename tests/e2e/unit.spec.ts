import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

const unit = '/units/sodersjukhuset';

test('a unit opens with its births, and the numbers lead to where they are shown', async ({ page }) => {
	await page.goto(unit);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Södersjukhuset');
	const lead = page.locator('p.lead');
	await expect(lead).toContainText('födslar är rapporterade för');
	for (const link of await lead.getByRole('link').all()) {
		const target = await link.getAttribute('href');
		await expect(page.locator(target ?? 'no anchor')).toHaveCount(1);
	}
});

test('a variable that has stopped is said to be missing since a day, and leads to its flag', async ({
	page
}) => {
	await page.goto(unit);
	const row = page.getByRole('table', { name: /Att åtgärda/ }).getByRole('row', { name: /^Apgar vid 5/ });
	await expect(row).toContainText(/saknas för nästan alla barn sedan \d+ april; dessförinnan/);
	await expect(row.getByRole('link')).toHaveAttribute(
		'href',
		'/units/sodersjukhuset/flags/values.APGAR5.2026-01'
	);
});

test('a form that was not sent is told once, not by all its variables', async ({ page }) => {
	await page.goto('/units/gavle');
	const found = page.getByRole('table', { name: /Att åtgärda/ });
	await expect(found.getByRole('row', { name: /Formuläret MHV2/ })).toHaveCount(1);
	await expect(found).not.toContainText('Rökning i vecka 30–32');
});

test('the volume has its numbers as a table one click away', async ({ page }) => {
	await page.goto(unit);
	const volume = page.locator('#volume');
	await expect(volume.getByRole('img')).toHaveAccessibleName(/födslar per månad vid Södersjukhuset/);
	const table = volume.getByRole('table');
	await expect(table).toBeHidden();
	await volume.getByText('Visa som tabell').click();
	await expect(table.getByRole('row')).toHaveCount(13);
});

test('variables stand worst first, and by the address in the order of the form or of one form only', async ({
	page
}) => {
	await page.goto(unit);
	const first = page.getByRole('table', { name: 'Variabler' }).locator('tbody tr').first();
	await expect(first).toContainText('Apgar vid 5 minuter');
	await page.getByRole('link', { name: 'som på formuläret' }).click();
	await expect(page).toHaveURL(`${unit}?sort=catalogue#variables`);
	await expect(first).toContainText('Moderns personnummer');
	await page.getByRole('list', { name: 'Formulär' }).getByRole('link', { name: 'FV2' }).click();
	await expect(page).toHaveURL(`${unit}?sort=catalogue&form=FV2#variables`);
	await expect(first).toContainText('Barnets personnummer');
});

test('the share of a variable carries its base and how sure it is', async ({ page }) => {
	await page.goto(unit);
	const row = page.locator('tr#APGAR5');
	await expect(row).toContainText(/\d,\d\s%\s*\(\d+\sav\s\d+\)/);
	await expect(row.getByTitle(/Osäkerhet \(95 %\): \d/)).toBeVisible();
	await expect(row).toContainText('Under målet');
});

test('the menus change the period, the day and the comparison, and keep the rest of the address', async ({
	page
}) => {
	await page.goto(`${unit}?sort=change`);
	const view = page.getByRole('navigation', { name: 'Vad sidan visar' });
	await view.locator('summary', { hasText: 'Period:' }).click();
	const year = view.getByRole('list', { name: 'Hela år' }).getByRole('link').first();
	const name = await year.innerText();
	await year.click();
	await expect(page).toHaveURL(`${unit}?sort=change&period=${name}`);
	await expect(page.locator('p.lead')).toContainText(`för ${name}`);

	await view.locator('summary', { hasText: 'Jämförelse:' }).click();
	await view.getByRole('link', { name: '5 år' }).click();
	await expect(page).toHaveURL(`${unit}?sort=change&period=${name}&years=5`);

	await view.locator('summary', { hasText: 'Läget:' }).click();
	await page.getByLabel('Visa läget en viss dag').fill(`${name}-12-01`);
	await view.getByRole('button', { name: 'Visa' }).click();
	expect(new URL(page.url()).searchParams.get('as-of')).toBe(`${name}-12-01`);
	expect(new URL(page.url()).searchParams.get('years')).toBe('5');
	await expect(page.getByRole('contentinfo')).toContainText(`1 december ${name}`);
});

test.describe('states that are no fault', () => {
	for (const [title, path, words] of [
		['a closed unit', '/units/solleftea', 'är stängd sedan 31 januari 2017'],
		['a pausing unit', '/units/lycksele?period=2023', 'hade uppehåll under 2023'],
		['a unit that opened later', '/units/bb-stockholm?period=1999', 'första förlossningarna 1 januari 2001'],
		['a unit that has not reported', '/units/danderyd', 'har inte rapporterat några födslar än'],
		['before anything has come', `${unit}?as-of=2015-01-01`, 'har inte rapporterat några födslar än']
	] as const) {
		test(title, async ({ page }) => {
			const response = await page.goto(path);
			expect(response?.status()).toBe(200);
			await expect(page.locator('p.lead')).toContainText(words);
			await expect(page.getByRole('table', { name: 'Variabler' })).toHaveCount(0);
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		});
	}
});

test.describe('addresses that ask for nothing that is', () => {
	for (const [path, status, words] of [
		['/units/atlantis', 404, 'Ingen enhet heter ”atlantis”.'],
		[`${unit}?period=2026-13`, 400, '”2026-13” är ingen period.'],
		[`${unit}?as-of=2999-01-01`, 400, '”2999-01-01” är ingen dag som kan visas.'],
		[`${unit}?sort=colour`, 400, '”colour” är inget val för sort'],
		[`/en${unit}?years=4`, 400, '“4” is not a choice for years']
	] as const) {
		test(path, async ({ page }) => {
			const response = await page.goto(path);
			expect(response?.status()).toBe(status);
			await expect(page.getByRole('main')).toContainText(words);
		});
	}
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`a unit's page is accessible, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await page.goto(`/en${unit}`);
		await page.getByText('Show as a table').click();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
}

test('on a phone the page is as wide as the screen, and every number is still there', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 800 });
	await page.goto(unit);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
	for (const part of await page.locator('tr#APGAR5 > *').all()) await expect(part).toBeVisible();
});

test('headings go down one level at a time', async ({ page }) => {
	await page.goto(unit);
	const levels = await page
		.locator('h1, h2, h3, h4')
		.evaluateAll((headings) => headings.map((heading) => Number(heading.tagName.slice(1))));
	expect(levels[0]).toBe(1);
	for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
});

test('on paper the view is written out and there is nothing to click', async ({ page }) => {
	await page.goto(unit);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText(/, läget \d+ \w+ \d{4}, mot 3 tidigare år, samma dag/)).toBeVisible();
	await expect(page.getByRole('navigation')).toHaveCount(0);
	await expect(page.getByRole('link', { name: 'Lämna in en fil' })).toBeHidden();
});

test('the first visit of a page costs at most 150 kB, and asks no other host', async ({ page, baseURL }) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	const client = await page.context().newCDPSession(page);
	await client.send('Network.enable');
	let bytes = 0;
	client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
	await page.goto(unit, { waitUntil: 'networkidle' });
	expect(asked.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
	expect(bytes).toBeGreaterThan(10_000);
	expect(bytes).toBeLessThan(150_000);
});
