import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { stateOf } from './signed-in.ts';

/** A page on which nothing may go wrong that a browser tells in its console, but for what `allowed` names; as a statistician. */
export const test = base.extend<{ allowed: RegExp; quiet: void }>({
	storageState: stateOf('statistician'),
	allowed: [/^$/, { option: true }],
	quiet: [
		async ({ page, allowed }, use) => {
			const said: string[] = [];
			page.on('console', (message) => {
				if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
			});
			page.on('pageerror', (error) => said.push(error.message));
			await use();
			expect(said.filter((text) => !allowed.test(text))).toEqual([]);
		},
		{ auto: true }
	]
});

export const source = (page: Page) => page.getByRole('textbox', { name: 'Textens källa' });
export const article = (page: Page) => page.getByRole('article');
export const lines = (page: Page) => page.locator('.cm-line');
export const saved = (page: Page) => expect(page.getByText(/^Utkastet sparat/)).toBeVisible();
export const shown = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click();

export async function expectNoViolations(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** Begins a notebook by the New button; answers its name. */
export async function begin(page: Page, title: string): Promise<string> {
	await page.goto('/notebooks');
	const form = page.getByRole('form', { name: 'Ny analys' });
	if (!(await form.isVisible())) await page.getByText('Ny analys').first().click();
	await form.getByLabel('Titel').fill(title);
	await form.getByRole('button', { name: 'Börja skriva' }).click();
	await expect(page).toHaveURL(/\/notebooks\/[a-z0-9-]+\/edit$/);
	await expect(source(page)).toBeVisible();
	return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Puts a text in place of the one that is written. */
export async function write(page: Page, text: string) {
	await source(page).click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText(text);
}

export const header = (title: string) => `---\ntitle: { sv: ${title}, en: ${title} }\n---\n\n`;
export const total = '```sql total\nselect sum(births) as births from cube_birth\n```\n\n';
