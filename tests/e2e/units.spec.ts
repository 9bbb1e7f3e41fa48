import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the units stand under their regions, the closed ones apart with their last day', async ({ page }) => {
	await page.goto('/units');
	const open = page.getByRole('table', { name: 'Enheter' });
	await expect(open.getByRole('rowheader', { name: 'Region Västerbotten', exact: true })).toBeVisible();
	await expect(open.getByRole('row', { name: /Lycksele/ })).toContainText(
		'uppehåll 23 december 2022 – 18 februari 2024'
	);
	const closed = page.getByRole('table', { name: 'Stängda enheter' });
	await expect(closed.getByRole('row', { name: /Sollefteå/ })).toContainText('sista dag 31 januari 2017');
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('seen from a day in its pause, a unit is paused until it opens again', async ({ page }) => {
	await page.goto('/units?as-of=2023-06-01');
	await expect(page.getByRole('row', { name: /Lycksele/ })).toContainText('öppnar 19 februari 2024');
});

test('name and region narrow the list by its address, and a unit keeps the period', async ({ page }) => {
	await page.goto('/units?period=2026-Q1');
	await page.getByLabel('Namn eller ort').fill('eskilstuna');
	await page.getByRole('button', { name: 'Visa', exact: true }).click();
	await expect(page).toHaveURL(/period=2026-Q1&q=eskilstuna&region=$/);
	await expect(page.getByRole('status')).toContainText('En enhet svarar mot urvalet.');
	await expect(page.getByRole('link', { name: 'Mälarsjukhuset' })).toHaveAttribute(
		'href',
		'/units/eskilstuna?period=2026-Q1'
	);
	await page.goto('/en/units?region=Region+Gotland');
	await expect(page.getByRole('status')).toContainText('One unit matches the selection.');
});

test('a region that there is not is answered in words', async ({ page }) => {
	const response = await page.goto('/units?region=Atlantis');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('main')).toContainText('Ingen region heter ”Atlantis”.');
});

test('the list of units fits a phone', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 700 });
	await page.goto('/units');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
