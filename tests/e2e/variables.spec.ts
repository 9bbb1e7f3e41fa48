import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

async function expectNoViolations(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test('the list shows every variable under its form, with its completeness and target', async ({ page }) => {
	await page.goto('/variables');
	await expect(page.getByRole('heading', { level: 2 })).toHaveCount(4);
	const weight = page.getByRole('row', { name: /Födelsevikt/ });
	await expect(weight).toContainText(/\d\s%\s?\([\d\s]+ av [\d\s]+\)/);
	await expect(weight).toContainText('98 %');
	await expectNoViolations(page);
});

test('a search finds variables by what they mean, and stays in the address with the period', async ({
	page
}) => {
	await page.goto('/variables?period=2026-Q1');
	await page.getByRole('searchbox').fill('rökning vecka');
	await page.getByRole('button', { name: 'Sök' }).click();
	await expect(page).toHaveURL(/period=2026-Q1.*q=r%C3%B6kning\+vecka$/);
	await expect(page.getByRole('status')).toContainText('En variabel innehåller');
	await page.getByRole('link', { name: 'Rökning i vecka 30–32' }).click();
	await expect(page).toHaveURL(/\/variables\/ROK2\?period=2026-Q1$/);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Rökning i vecka 30–32');
});

test('a search that finds nothing says so and leads back', async ({ page }) => {
	await page.goto('/en/variables?q=nosuchword');
	await expect(page.getByRole('status')).toContainText('0 variables contain “nosuchword”');
	await page.getByRole('link', { name: 'Show all' }).click();
	await expect(page).toHaveURL(/\/en\/variables$/);
});

test('a variable shows its trend, every kind of blank, its units worst first and its definition', async ({
	page
}) => {
	await page.goto('/variables/APGAR5');
	const main = page.getByRole('main');
	await expect(main.locator('.lead')).toContainText(
		/finns uppgiften för [\d,]+\s% \([\d\s]+ av [\d\s]+ födslar\)/
	);
	await expect(page.getByRole('img', { name: /^Linjediagram: Apgar vid 5 minuter/ })).toBeVisible();
	const counts = page.getByRole('region', { name: 'Vad som är skrivet' });
	for (const kind of ['Ifyllt och giltigt', 'Tomt', 'Ogiltigt', 'Gäller inte'])
		await expect(counts.getByRole('rowheader', { name: kind })).toBeVisible();
	await expect(main).toContainText('Födslar där inget står under ”Dödfödd”');
	const shares = await page
		.getByRole('table', { name: 'Enheterna' })
		.locator('tbody tr td:nth-child(3)')
		.allTextContents();
	const numbers = shares.map((text) => Number(/([\d,]+)\s%/.exec(text)?.[1]?.replace(',', '.')));
	expect(numbers.length).toBeGreaterThan(2);
	expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
	await expectNoViolations(page);
});

test('the counts of a variable add up to the births it applies to', async ({ page }) => {
	await page.goto('/variables/BVIKT');
	const count = async (name: string) => {
		const row = page.getByRole('region', { name: 'Vad som är skrivet' }).getByRole('row', { name });
		return Number((await row.getByRole('cell').first().textContent())?.replace(/\D/g, ''));
	};
	const parts = [await count('Ifyllt och giltigt'), await count('Tomt'), await count('Ogiltigt')];
	expect(parts.reduce((sum, n) => sum + n)).toBe(await count('Variabeln gäller'));
	expect(await count('Variabeln gäller')).toBeGreaterThan(0);
});

test('a unit is set beside the nation by the address', async ({ page }) => {
	await page.goto('/variables/KON?period=2026-Q2');
	await page.getByLabel('Visa en enhet bredvid Sverige').selectOption({ label: 'Södersjukhuset' });
	await page.getByRole('button', { name: 'Visa', exact: true }).click();
	await expect(page).toHaveURL(/period=2026-Q2&unit=sodersjukhuset$/);
	await expect(page.getByRole('main').locator('.lead')).toContainText('Vid Södersjukhuset');
	const counts = page.getByRole('region', { name: 'Vad som är skrivet' });
	await expect(counts.getByRole('columnheader', { name: 'Södersjukhuset' })).toBeVisible();
	await expectNoViolations(page);
});

test('a tick box is shown by how often it is ticked, and says why', async ({ page }) => {
	await page.goto('/en/variables/FLSPONT');
	const main = page.getByRole('main');
	await expect(main).toContainText('A blank box may mean no, or that nobody has answered');
	await expect(main.locator('.lead')).toContainText('the box is ticked for');
	await main.getByRole('link', { name: 'Onset of labour', exact: true }).click();
	await expect(page).toHaveURL(/\/en\/variables\/FLSTART$/);
});

for (const [path, status, words] of [
	['/variables/NOSUCH', 404, 'Ingen variabel heter ”NOSUCH”'],
	['/variables/KON?unit=nowhere', 404, 'Ingen enhet heter ”nowhere”'],
	['/variables/KON?period=2026-13', 400, '”2026-13” är ingen period'],
	['/en/variables/NOSUCH', 404, 'No variable is called “NOSUCH”']
] as const) {
	test(`a wrong address is answered in words: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(status);
		await expect(page.getByRole('main')).toContainText(words);
	});
}

test('pages of variables fit a phone', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 700 });
	for (const path of ['/variables', '/variables/APGAR5?unit=sodersjukhuset', '/variables/DAGAR']) {
		await page.goto(path);
		expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
	}
});
