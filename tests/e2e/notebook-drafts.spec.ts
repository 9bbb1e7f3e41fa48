import { expect, type Browser, type Page } from '@playwright/test';
import {
	article,
	begin,
	expectNoViolations,
	header,
	lines,
	saved,
	source,
	test,
	write
} from './notebook-desk.ts';
import { stateOf } from './signed-in.ts';

/** The same notebook opened elsewhere, by the same account or another. */
async function elsewhere(
	browser: Browser,
	url: string,
	role: 'statistician' | 'administrator'
): Promise<Page> {
	const context = await browser.newContext({ storageState: stateOf(role), locale: 'sv-SE' });
	const page = await context.newPage();
	await page.goto(url);
	await expect(source(page)).toBeVisible();
	return page;
}

async function publish(page: Page) {
	await page.getByRole('button', { name: 'Publicera', exact: true }).click();
	await page
		.locator('form', { has: page.getByLabel('Vad är ändrat?') })
		.getByRole('button', { name: 'Publicera' })
		.click();
}

test('a draft is thrown away and had back', async ({ page }) => {
	await begin(page, 'Ångrat');
	await write(page, `${header('Ångrat')}Nytt.`);
	await saved(page);
	await expect(article(page)).toContainText('Nytt.');
	await page.getByText('Mer', { exact: true }).click();
	await page.getByRole('button', { name: 'Släng utkastet' }).click();
	await expect(page.getByText('Utkastet är slängt.')).toBeVisible();
	await expect(article(page)).not.toContainText('Nytt.');
	await expect(lines(page).filter({ hasText: 'Nytt.' })).toHaveCount(0);
	await page.getByRole('button', { name: 'Ångra' }).click();
	await expect(article(page)).toContainText('Nytt.');
	await page.reload();
	await expect(article(page)).toContainText('Nytt.');
});

test.describe('without a connection', () => {
	test.use({ allowed: /Failed to load resource/ });

	test('a text that could not be saved is said to be so, and is there after the page has been left', async ({
		page
	}) => {
		await begin(page, 'Avbrott');
		await page.route('**/draft', (route) => route.abort('connectionreset'));
		await write(page, `${header('Avbrott')}Skrivet utan nät.`);
		await expect(page.getByText('Inte sparat: Servern svarar inte.')).toBeVisible();
		page.on('dialog', (dialog) => void dialog.accept());
		await page.reload();
		await expect(page.getByText('Det du skrev sist hann inte sparas.')).toBeVisible();
		await expect(lines(page).filter({ hasText: 'Skrivet utan nät.' })).toHaveCount(1);
		await page.unroute('**/draft');
		await source(page).click();
		await page.keyboard.press('ControlOrMeta+s');
		await saved(page);
	});
});

test.describe('opened twice', () => {
	test.use({ allowed: /409/ });

	test('two tabs of one account do not save over one another, and neither text is lost', async ({
		page,
		browser
	}) => {
		await begin(page, 'Två flikar');
		const other = await elsewhere(browser, page.url(), 'statistician');
		await write(page, `${header('Två flikar')}Från den första.`);
		await saved(page);
		await write(other, `${header('Två flikar')}Från den andra.`);
		await expect(other.getByRole('alert')).toContainText('Utkastet har ändrats på ett annat ställe');
		await expectNoViolations(other);
		await other.getByText('Visa den andra texten').click();
		await expect(other.getByRole('alert')).toContainText('Från den första.');
		await other.getByRole('button', { name: 'Ta den andra texten' }).click();
		await expect(lines(other).filter({ hasText: 'Från den första.' })).toHaveCount(1);
		await other.getByRole('button', { name: 'Byt tillbaka' }).click();
		await expect(lines(other).filter({ hasText: 'Från den andra.' })).toHaveCount(1);
		await saved(other);
		await other.context().close();
		await page.reload();
		await expect(article(page)).toContainText('Från den andra.');
	});
});

test('two people who write at once have their work put together', async ({ page, browser }) => {
	test.slow();
	const name = await begin(page, 'Två skriver');
	await write(page, `${header('Två skriver')}Första stycket.\n\nMellan.\n\nSista stycket.\n`);
	await publish(page);
	await expect(page.getByText('Publicerad som version 2.')).toBeVisible();
	const other = await elsewhere(browser, page.url(), 'administrator');
	await write(other, `${header('Två skriver')}Första stycket, av den andra.\n\nMellan.\n\nSista stycket.\n`);
	await publish(other);
	await expect(other.getByText('Publicerad som version 3.')).toBeVisible();

	await write(page, `${header('Två skriver')}Första stycket.\n\nMellan.\n\nSista stycket, av mig.\n`);
	await publish(page);
	await expect(page.getByText('har fogats ihop i ditt utkast')).toBeVisible();
	await page.getByRole('button', { name: 'Visa skillnaderna' }).click();
	await expect(
		page.locator('.cm-changedLine, .cm-inlineChangedLine, .cm-insertedLine').first()
	).toBeVisible();
	await page.getByRole('button', { name: 'Dölj skillnaderna' }).click();
	await publish(page);
	await expect(page.getByText('Publicerad som version 4.')).toBeVisible();
	const text = await (await page.request.get(`/notebooks/${name}.md`)).text();
	expect(text).toContain('Första stycket, av den andra.');
	expect(text).toContain('Sista stycket, av mig.');

	// where both changed the same, both stand there until somebody has chosen
	await write(other, `${header('Två skriver')}A.\n`);
	await publish(other);
	await expect(other.getByText('har fogats ihop').or(other.getByText('mellan markeringarna'))).toBeVisible();
	await other.context().close();
});
