import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('a report is chosen by unit, period and language, and read as a page', async ({ page }) => {
	await page.goto('/reports');
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	await page.getByLabel('Enhet', { exact: true }).selectOption({ label: 'Södersjukhuset' });
	await page.getByLabel('Födda').selectOption('2026-Q2');
	await page.getByRole('radio', { name: 'English' }).check();
	await page.getByRole('button', { name: 'Visa rapporten' }).click();
	await expect(page).toHaveURL(/\/en\/reports\/unit-feedback\?unit=sodersjukhuset&period=2026-Q2$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Södersjukhuset');
	await expect(page.getByRole('main')).toContainText('April–June 2026');
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

for (const [format, name, start] of [
	['pdf', 'Hämta PDF', '%PDF'],
	['xlsx', 'Hämta Excel', 'PK']
] as const) {
	test(`the report comes as ${format}, named by its unit, period and day`, async ({ page }) => {
		await page.goto('/reports/unit-feedback?unit=sodersjukhuset&period=2026-Q1&as-of=2026-06-30');
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name }).click()
		]);
		expect(download.suggestedFilename()).toBe(`sodersjukhuset-2026-Q1-2026-06-30.${format}`);
		const parts: Buffer[] = [];
		for await (const part of await download.createReadStream()) parts.push(Buffer.from(part));
		expect(Buffer.concat(parts).subarray(0, start.length).toString()).toBe(start);
	});
}

test('asked for without a unit, the form says what is missing and keeps the rest', async ({ page }) => {
	await page.goto('/reports?as=pdf&unit=&period=2025&language=en');
	await expect(page.getByText('Välj en enhet i listan.')).toBeVisible();
	await expect(page.getByLabel('Födda')).toHaveValue('2025');
	await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
});

for (const [path, status, words] of [
	['/reports/no-such-report?unit=lycksele', 404, 'Ingen rapport heter ”no-such-report”'],
	['/reports/unit-feedback?unit=nowhere', 404, 'Ingen enhet heter ”nowhere”'],
	['/reports/unit-feedback?unit=lycksele&period=x', 400, '”x” är ingen period']
] as const) {
	test(`a wrong address is answered in words: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(status);
		await expect(page.getByRole('main')).toContainText(words);
	});
}

test('a file that cannot be made answers with its status', async ({ request }) => {
	expect((await request.get('/reports/unit-feedback/nowhere.pdf')).status()).toBe(404);
	expect((await request.get('/reports/unit-feedback/lycksele.xlsx?period=x')).status()).toBe(400);
});

test('a report fits a phone', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 700 });
	for (const path of ['/reports', '/reports/unit-feedback?unit=sodersjukhuset']) {
		await page.goto(path);
		expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(360);
	}
});
