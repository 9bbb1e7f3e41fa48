import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the start page is Swedish and says so', async ({ page }) => {
	await page.goto('/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
	await expect(page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link')).toHaveText([
		'Land',
		'Enheter',
		'Variabler',
		'Inlämningar',
		'Rapporter',
		'Återkoppling',
		'Analyser',
		'Konton',
		'Logg'
	]);
});

test('switching the language keeps the address and its state', async ({ page }) => {
	await page.goto('/?period=2026-01..2026-06');
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page).toHaveURL('/en?period=2026-01..2026-06');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.getByRole('link', { name: 'svenska' }).click();
	await expect(page).toHaveURL('/?period=2026-01..2026-06');
});

test('an English page links to English pages', async ({ page }) => {
	await page.goto('/en');
	for (const link of await page.getByRole('navigation', { name: 'Main menu' }).getByRole('link').all())
		expect(await link.getAttribute('href')).toMatch(/^\/en(\/|$)/);
});

test('the first tab stop jumps past the menu', async ({ page }) => {
	await page.goto('/');
	await page.keyboard.press('Tab');
	const skip = page.getByRole('link', { name: 'Till innehållet' });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
});

for (const [path, title] of [
	['/nowhere', 'Sidan finns inte'],
	['/en/units/NO%20UNIT/nowhere', 'There is no such page']
] as const) {
	test(`a wrong address answers 404 with words and ways back: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(page.getByRole('main').getByRole('link').first()).toHaveAttribute('href', /^\/(en)?$/);
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
}

test('the footer names the day that the figures are seen from', async ({ page }) => {
	await page.goto('/en');
	const today = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/Stockholm' });
	await expect(page.getByRole('contentinfo')).toContainText(`As of ${today.format(Date.now())}`);
});

test('a page runs no script and asks no other host', async ({ page, baseURL }) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.goto('/nowhere', { waitUntil: 'networkidle' });
	expect(asked.filter((url) => !url.startsWith(`${baseURL}/`))).toEqual([]);
	expect(await page.locator('script').count()).toBe(0);
});

test('on a phone the page is as wide as the screen', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 700 });
	await page.goto('/nowhere');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
