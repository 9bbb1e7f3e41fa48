import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the country opens with its births, who has reported and whom to call', async ({ page }) => {
	await page.goto('/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sverige');
	const lead = page.locator('p.lead');
	await expect(lead).toContainText('födslar är rapporterade för');
	await expect(lead).toContainText('enheter har rapporterat varje månad');
	for (const link of await lead.getByRole('link').all()) {
		const target = (await link.getAttribute('href')) ?? '';
		if (target.startsWith('#')) await expect(page.locator(target)).toHaveCount(1);
		else expect(target).toMatch(/^\/units\/[a-z-]+$/);
	}
});

test('a unit to call stands with its reasons in sentences, and the rest one click away', async ({ page }) => {
	await page.goto('/');
	const calls = page
		.locator('section')
		.filter({ has: page.getByRole('heading', { name: /Enheter att ringa/ }) });
	await calls.getByText(/Visa \d+ enheter till/).click();
	const row = calls.getByRole('row', { name: /^Södersjukhuset/ });
	await expect(row).toContainText(
		/Apgar vid 5 minuter saknas för nästan alla barn sedan \d+ april; dessförinnan saknades/
	);
	await expect(row.getByRole('link', { name: 'Södersjukhuset' })).toHaveAttribute(
		'href',
		'/units/sodersjukhuset'
	);
});

test('who has reported: a month without births is said to be missing, not only coloured', async ({
	page
}) => {
	await page.goto('/');
	const grid = page.getByRole('table', { name: /Vem har rapporterat/ });
	await expect(grid.getByRole('columnheader')).toHaveCount(13);
	await expect(grid.getByRole('row', { name: /^Mälarsjukhuset/ })).toContainText('saknas');
	await expect(grid.getByRole('row', { name: /^Södersjukhuset/ })).not.toContainText('saknas');
});

test('the heat map is a table with heads for both ways, and a number in each cell', async ({ page }) => {
	await page.goto('/');
	const heat = page.getByRole('table', { name: 'Fullständighet i procent' });
	await expect(heat.getByRole('columnheader', { name: 'APGAR5', exact: true })).toHaveCount(1);
	const row = heat.getByRole('row', { name: /^Södersjukhuset/ });
	const heads = await heat.locator('thead tr').last().locator('th').allInnerTexts();
	const cell = row.getByRole('cell').nth(heads.indexOf('APGAR5') - 1);
	await expect(cell).toHaveText(/^\d{1,2}$/);
	await cell.hover();
	await expect(cell.locator('i')).toBeInViewport();
});

test('a region by itself, in the address, keeps the view', async ({ page }) => {
	await page.goto('/?years=5');
	const view = page.getByRole('navigation', { name: 'Vad sidan visar' });
	await view.locator('summary', { hasText: 'Region:' }).click();
	await view.getByRole('link', { name: 'Region Gävleborg' }).click();
	await expect(page).toHaveURL('/?years=5&region=Region+G%C3%A4vleborg');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Region Gävleborg');
	const grid = page.getByRole('table', { name: /Vem har rapporterat/ });
	await expect(grid.getByRole('rowheader')).toHaveText(['Hudiksvalls sjukhus', 'Gävle sjukhus']);
});

test('links to units carry the view along', async ({ page }) => {
	await page.goto('/en?basis=ended&years=5');
	const grid = page.getByRole('table', { name: /Who has reported/ });
	await expect(grid.getByRole('link', { name: 'Södersjukhuset' })).toHaveAttribute(
		'href',
		'/en/units/sodersjukhuset?years=5&basis=ended'
	);
});

test('before anything has come the page says so, and how to begin', async ({ page }) => {
	await page.goto('/?as-of=2015-06-30');
	await expect(page.locator('p.lead')).toContainText('Inga födslar är rapporterade');
	await expect(page.getByRole('main').getByRole('link', { name: 'Lämna in en fil' })).toBeVisible();
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

for (const [path, status, words] of [
	['/?region=Atlantis', 404, 'Ingen enhet ligger i ”Atlantis”.'],
	['/?period=summer', 400, '”summer” är ingen period.'],
	['/en?basis=guess', 400, '“guess” is not a choice for basis']
] as const) {
	test(`an address that asks for nothing that is: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(status);
		await expect(page.getByRole('main')).toContainText(words);
	});
}

for (const colorScheme of ['light', 'dark'] as const) {
	test(`the country's page is accessible, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await page.goto('/en');
		await page.getByText(/Show \d+ more units/).click();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
}

test('on a phone the page is as wide as the screen; wide tables scroll by themselves, by keyboard too', async ({
	page
}) => {
	await page.setViewportSize({ width: 360, height: 800 });
	await page.goto('/');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
	const heat = page.getByRole('region', { name: 'Var bortfallet ligger' });
	await heat.focus();
	await page.keyboard.press('ArrowRight');
	await expect.poll(() => heat.evaluate((box) => box.scrollLeft)).toBeGreaterThan(0);
});

test('the first visit costs at most 150 kB', async ({ page }) => {
	const client = await page.context().newCDPSession(page);
	await client.send('Network.enable');
	let bytes = 0;
	client.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
	await page.goto('/', { waitUntil: 'networkidle' });
	expect(bytes).toBeGreaterThan(10_000);
	expect(bytes).toBeLessThan(150_000);
});
