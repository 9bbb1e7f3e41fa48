import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const sender = {
	'Ditt namn': 'Maria Ek',
	'Enhetens namn eller nummer': 'Lycksele BB',
	'Region eller organisation': 'Region Västerbotten',
	Postadress: 'Lasarettsvägen 1, 921 82 Lycksele',
	Telefon: '0950-390 00',
	'E-post': 'maria.ek@example.org'
};

/** A file of two births that no other test hands in: `mark` stands in their references. */
const births = (mark: string) =>
	`REF;BFODDAT;KON;BVIKT\n${mark}-1;2026-10-02;1;3450\n${mark}-2;2026-10-05;2;3120\n`;

const csv = (name: string, text: string | Buffer) => ({
	name,
	mimeType: 'text/csv',
	buffer: Buffer.from(text)
});

/** Opens the form for a unit, filled in but for the files. */
async function openForm(page: Page, unit = 'lycksele') {
	await page.goto(`/submissions/new?unit=${unit}`);
	await page.waitForSelector('html[data-hydrated]');
	for (const [label, text] of Object.entries(sender)) await page.getByLabel(label).fill(text);
}

const files = (page: Page) => page.locator('input[type=file]');
const handIn = (page: Page) => page.getByRole('button', { name: 'Lämna in', exact: true });

async function expectNoViolations(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

test('a file handed in through the page comes to its receipt', async ({ page }) => {
	await openForm(page);
	await files(page).setInputFiles(csv('oktober.csv', births('E2E-A')));
	await expectNoViolations(page);
	await handIn(page).click();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
	const main = page.getByRole('main');
	await expect(main).toContainText('Filen är mottagen: 2 födslar, alla nya. Inget i den behöver rättas.');
	await expect(main).toContainText('oktober.csv');
	await expect(main).toContainText('Maria Ek');
	await expectNoViolations(page);
});

test('the same file twice gives the first receipt', async ({ page }) => {
	const receipts: string[] = [];
	for (const name of ['first.csv', 'renamed.csv']) {
		await openForm(page);
		await files(page).setInputFiles(csv(name, births('E2E-B')));
		await handIn(page).click();
		await expect(page).toHaveURL(/\/submissions\/\d+$/);
		receipts.push(page.url());
	}
	expect(receipts[1]).toBe(receipts[0]);
	await expect(page.getByRole('main')).toContainText('first.csv');
});

test('a file that cannot be read gets a receipt that says what is wrong and where', async ({ page }) => {
	await openForm(page);
	await files(page).setInputFiles(csv('ragged.csv', 'REF;BFODDAT;KON\nE2E-C;2026-10-02;1;9\n'));
	await handIn(page).click();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
	await expect(page.getByRole('main')).toContainText('ingenting i registret har ändrats');
	await expect(page.getByRole('main').getByRole('listitem')).toContainText('Rad 2 har 4 fält');
	await expectNoViolations(page);
	await page.getByRole('link', { name: 'Lämna in den rättade filen' }).click();
	await expect(page).toHaveURL(/\/submissions\/new\?unit=lycksele$/);
});

test('issues are counted by rule, listed by row, and downloaded safe for spreadsheets', async ({ page }) => {
	await openForm(page);
	const rows = ['E2E-D1;2026-10-02;7;3450', 'E2E-D2;2026-10-03;=1+1;34', 'E2E-D3;;1;3000'];
	await files(page).setInputFiles(csv('issues.csv', `REF;BFODDAT;KON;BVIKT\n${rows.join('\n')}\n`));
	await handIn(page).click();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
	await expect(page.getByRole('main')).toContainText(
		'Filen är mottagen: 2 födslar, alla nya; en rad kunde inte tas emot.'
	);
	const issues = page.getByRole('region', { name: 'Rad för rad' }).getByRole('row');
	await expect(issues).toHaveCount(1 + 4);
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Alla anmärkningar som CSV' }).click();
	const text = (await (await download).createReadStream().then(readAll)).toString();
	expect(text.charCodeAt(0)).toBe(0xfeff);
	expect(text).toContain("3;KON;Barnets kön;Okänd kod;'=1+1;");
	expect(text.split('\r\n')).toHaveLength(1 + 4 + 1);

	await page.getByRole('link', { name: 'Visa raderna: Okänd kod' }).click();
	await expect(page).toHaveURL(/\?rule=code#issues$/);
	await expect(issues).toHaveCount(1 + 2);
	await expectNoViolations(page);
});

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of stream) parts.push(Buffer.from(part));
	return Buffer.concat(parts);
}

/** Lets so many bytes a second leave the page. */
async function throttle(page: Page, bytes: number) {
	const session = await page.context().newCDPSession(page);
	const condition = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes };
	await session.send('Network.emulateNetworkConditions', condition);
}

test('a long upload shows how far it has come and can be cancelled without a trace', async ({ page }) => {
	await openForm(page);
	await files(page).setInputFiles(csv('long.csv', Buffer.alloc(8_000_000, 'REF;BFODDAT\n')));
	await throttle(page, 1_000_000);
	await handIn(page).click();
	const progress = page.getByRole('progressbar', { name: 'long.csv skickas' });
	await expect
		.poll(() => progress.getAttribute('value').then(Number), { timeout: 15_000 })
		.toBeGreaterThan(0.1);
	await expect(page.getByRole('main')).toContainText(
		/\d+\s%\s·\s[\d,]+\sMB av 8,0\sMB, ungefär \d+ sekunder kvar/
	);
	const asksBeforeLeaving = () => !dispatchEvent(new Event('beforeunload', { cancelable: true }));
	expect(await page.evaluate(asksBeforeLeaving)).toBe(true);
	await page.getByRole('button', { name: 'Avbryt' }).click();
	await expect(page.getByRole('main')).toContainText('Avbruten. Ingenting av filen finns kvar.');
	await expect(page).toHaveURL(/\/submissions\/new/);
	expect(await page.evaluate(asksBeforeLeaving)).toBe(false);
	await page.goto('/submissions?unit=lycksele');
	await expect(page.getByRole('main')).not.toContainText('long.csv');
});

test('a lost connection is said in words, and the file can be sent again', async ({ page }) => {
	await openForm(page);
	await files(page).setInputFiles(csv('again.csv', births('E2E-F')));
	await page.route('**/submissions/original', (route) => route.abort('connectionreset'));
	await handIn(page).click();
	await expect(page.getByRole('main')).toContainText('Förbindelsen bröts.');
	await page.unroute('**/submissions/original');
	await page.getByRole('button', { name: 'Försök igen' }).click();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
});

for (const [status, words] of [
	[413, 'större än 1 GB'],
	[507, 'för lite utrymme'],
	[500, 'Något gick fel hos oss']
] as const) {
	test(`an upload that is answered ${status} is explained, and the form stays`, async ({ page }) => {
		await openForm(page);
		await files(page).setInputFiles(csv('unlucky.csv', births('E2E-J')));
		await page.route('**/submissions/original', (route) => route.fulfill({ status }));
		await handIn(page).click();
		await expect(page.getByRole('main')).toContainText(words);
		await expect(page.getByLabel('Ditt namn')).toHaveValue('Maria Ek');
	});
}

test('a double click hands a file in once', async ({ page }) => {
	await openForm(page);
	await files(page).setInputFiles(csv('twice.csv', `${births('E2E-K')}E2E-K-3;2026-10-02;1;9;9\n`));
	await handIn(page).dblclick();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
	await page.goto('/submissions?unit=lycksele');
	await expect(page.getByRole('cell', { name: 'twice.csv' })).toHaveCount(1);
});

test('the form is left for the other language as a whole', async ({ page }) => {
	await openForm(page);
	await page.getByRole('link', { name: 'English' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Hand in a file');
});

test('several files are handed in one after another, each with its own receipt', async ({ page }) => {
	await openForm(page);
	await files(page).setInputFiles([
		csv('one.csv', births('E2E-G')),
		csv('two.csv', 'not,a,file,of,births\n1,2,3,4,5\n'),
		csv('three.csv', births('E2E-H'))
	]);
	await handIn(page).click();
	await expect(page.getByRole('link', { name: /^Kvitto \d+$/ })).toHaveCount(3);
	const outcomes = page
		.getByRole('main')
		.getByRole('listitem')
		.filter({ has: page.getByRole('link') });
	await expect(outcomes.nth(1)).toContainText('Kunde inte tas emot');
	await expectNoViolations(page);
});

test('what is missing in the form is said beside its field, and the rest stays written', async ({ page }) => {
	await page.goto('/submissions/new');
	await page.waitForSelector('html[data-hydrated]');
	await page.getByLabel('Ditt namn').fill('Maria Ek');
	await page.getByLabel('E-post').fill('maria');
	await handIn(page).click();
	await expect(page.getByText('Välj en enhet i listan.')).toBeVisible();
	await expect(page.getByText('Skriv en e-postadress')).toBeVisible();
	await expect(page.getByText('Välj minst en fil.')).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'Enhet' })).toBeFocused();
	await expect(page.getByLabel('Ditt namn')).toHaveValue('Maria Ek');
	await expectNoViolations(page);
});

test('a unit is found by typing a part of its place, with the keyboard alone', async ({ page }) => {
	await page.goto('/submissions/new');
	await page.waitForSelector('html[data-hydrated]');
	const unit = page.getByRole('combobox', { name: 'Enhet' });
	await unit.focus();
	await page.keyboard.type('lycks');
	await expect(page.getByRole('option')).toHaveText(/Lycksele lasarett/);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Enter');
	await expect(unit).toHaveValue('Lycksele lasarett');
	await expect(page.getByLabel('Region eller organisation')).toHaveValue('Region Västerbotten');
});

test('without script the page says that it needs one, and that there is a command', async ({
	browser,
	baseURL
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL ?? '' });
	const page = await context.newPage();
	await page.goto('/submissions/new');
	await expect(page.locator('noscript code')).toBeVisible();
	expect(await page.locator('noscript code').textContent()).toContain('npm run import');
	await expect(handIn(page)).toBeDisabled();
	await context.close();
});

test('an original is not received under a hash that nobody has just sent', async ({ request, baseURL }) => {
	const form = { unitId: 'lycksele', sha256: 'ab'.repeat(32), fileName: 'x.csv', name: 'A', unit: 'B' };
	const more = { organisation: 'C', address: 'D', telephone: '08-123 45', email: 'a@example.org' };
	const response = await request.post('/submissions/new?/receive', {
		headers: { origin: baseURL ?? '', accept: 'application/json', 'x-sveltekit-action': 'true' },
		form: { ...form, ...more }
	});
	expect(await response.json()).toMatchObject({ type: 'failure', status: 409 });
});

test('the list is filtered by unit and outcome in its address', async ({ page }) => {
	await page.goto('/submissions');
	await expectNoViolations(page);
	await page.getByLabel('Enhet').selectOption({ label: 'Lycksele lasarett' });
	await page.getByLabel('Utfall').selectOption({ label: 'Mottagna' });
	await page.getByRole('button', { name: 'Visa' }).click();
	await expect(page).toHaveURL(/\/submissions\?unit=lycksele&status=received$/);
	const rows = page.getByRole('region', { name: 'Inlämningar' }).getByRole('row');
	expect(await rows.count()).toBeGreaterThan(1);
	for (const row of (await rows.all()).slice(1)) await expect(row).toContainText('Lycksele lasarett');
});

for (const [path, words] of [
	['/submissions/99999999', 'Det finns inget kvitto med nummer 99999999'],
	['/submissions?unit=nowhere', 'Ingen enhet heter ”nowhere”'],
	['/submissions?page=0', 'Listan har ingen sådan sida'],
	['/submissions/1?rule=nonsense', 'inga anmärkningar av slaget'],
	['/en/submissions/99999999', 'There is no receipt with the number 99999999']
] as const) {
	test(`a wrong address is answered in words: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(404);
		await expect(page.getByRole('main')).toContainText(words);
	});
}
