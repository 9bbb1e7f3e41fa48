import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { readXlsx, writeXlsx, type CellValue } from 'hucre/xlsx';

// a unit that no other test looks at, in a month of its own
const unit = 'norrkoping';
const sender = {
	'Ditt namn': 'Maria Ek',
	Postadress: 'Gamla Övägen 25, 601 82 Norrköping',
	Telefon: '010-103 00 00',
	'E-post': 'maria.ek@example.org'
};
const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const main = (page: Page) => page.getByRole('main');

async function handIn(page: Page, name: string, buffer: Buffer, mimeType: string) {
	await page.goto(`/submissions/new?unit=${unit}`);
	await page.waitForSelector('html[data-hydrated]');
	for (const [label, text] of Object.entries(sender)) await page.getByLabel(label).fill(text);
	await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
	await page.getByRole('button', { name: 'Lämna in', exact: true }).click();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
}

async function expectNoViolations(page: Page) {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
}

/** Fetches the list as Excel; gives its name, its bytes and the rows of its first sheet. */
async function fetched(page: Page): Promise<{ name: string; bytes: Buffer; rows: CellValue[][] }> {
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Listan som Excel' }).click();
	const file = await download;
	const parts: Buffer[] = [];
	for await (const part of await file.createReadStream()) parts.push(Buffer.from(part));
	const bytes = Buffer.concat(parts);
	const { sheets } = await readXlsx(bytes);
	expect(sheets.map((sheet) => sheet.name)).toEqual(['Att fylla i', 'Så gör ni']);
	return { name: file.suggestedFilename(), bytes, rows: sheets[0]?.rows ?? [] };
}

const list = `/units/${unit}/mend/HOMF?period=2026-10`;

test('a list is fetched, filled in and handed in as Excel, and its births are no longer on it', async ({
	page
}) => {
	const births = 'REF;BFODDAT;KON;HOMF\n007-1;2026-10-02;1;\n-8;2026-10-03;2;ca 35\n9;2026-10-04;1;34\n';
	await handIn(page, 'oktober.csv', Buffer.from(births), 'text/csv');

	await page.goto(list);
	await expectNoViolations(page);
	const rows = page.getByRole('region', { name: 'Födslarna' }).getByRole('row');
	await expect(rows.filter({ hasText: '007-1' })).toContainText('Inte ifyllt');
	await expect(rows.filter({ hasText: '-8' })).toContainText('ca 35');
	await expect(page.getByRole('region', { name: 'Födslarna' })).not.toContainText('34');
	const { name, rows: cells } = await fetched(page);
	expect(name).toMatch(/^norrkoping-HOMF-2026-10-\d{4}-\d{2}-\d{2}\.xlsx$/);
	expect(cells[0]).toEqual(['REF', 'BFODDAT', 'HOMF']);
	expect(cells.length).toBe(await rows.count());
	expect(cells).toContainEqual(['007-1', '2026-10-02', null]);
	expect(cells).toContainEqual(["'-8", '2026-10-03', 'ca 35']);

	const filled = cells.map((row, at) => (at === 0 ? row : [row[0] ?? null, row[1] ?? null, 35.5]));
	const bytes = Buffer.from(await writeXlsx({ sheets: [{ name: 'Att fylla i', rows: filled }] }));
	await handIn(page, name, bytes, type);
	const changed = filled.length - 1;
	await expect(main(page)).toContainText(`Filen är mottagen: ${changed} födslar, alla ändrade.`);
	await expect(main(page)).toContainText('Excel-arbetsbok (.xlsx), första bladet');
	await expectNoViolations(page);

	await page.goto(list);
	await expect(main(page)).toContainText('Det finns inget att rätta');
	await expect(page.getByRole('link', { name: 'Listan som Excel' })).toHaveCount(0);
	await expectNoViolations(page);
});

test('a list that is handed in as it was fetched changes nothing', async ({ page }) => {
	await page.goto(`/units/${unit}/mend/ROK1?period=2025`);
	const { bytes, name, rows } = await fetched(page);
	expect(rows.length).toBeGreaterThan(1);
	await handIn(page, name, bytes, type);
	await expect(main(page).getByRole('row', { name: /^Oförändrade/ })).toContainText(String(rows.length - 1));
});

test('the list is narrowed, sorted, kept in no cache, and leads to receipt, unit and variable', async ({
	page
}) => {
	const response = await page.goto('/units/sodersjukhuset/mend/ROK1?period=2025');
	expect(response?.headers()['cache-control']).toBe('private, no-store');
	await page.getByRole('link', { name: 'ärendenummer' }).click();
	await expect(page).toHaveURL(/sort=reference/);
	const references = await page.getByRole('rowheader').allInnerTexts();
	expect(references).toEqual(references.toSorted());
	await expect(page.getByRole('link', { name: 'Rökning' }).first()).toHaveAttribute(
		'href',
		/\/variables\/ROK1\?unit=sodersjukhuset&period=2025/
	);
	await page
		.getByRole('link', { name: /kvitto/i })
		.first()
		.click();
	await expect(page).toHaveURL(/\/submissions\/\d+$/);
});

test('a form that is missing has a list with its columns, also in English', async ({ page }) => {
	await page.goto('/en/units/sodersjukhuset/mend/MHV1?period=2024-01..2026-06');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Births without Enrolment');
	await expectNoViolations(page);
	await expect(main(page)).toContainText(/births? in .* (has|have) nothing written in the form/);
});

for (const [path, words] of [
	['/units/sodersjukhuset/mend/NOTHING', 'inget formulär som heter ”NOTHING”'],
	['/units/nowhere/mend/HOMF', 'Ingen enhet heter ”nowhere”'],
	['/units/sodersjukhuset/mend/HOMF?page=99', 'Listan har ingen sådan sida'],
	['/units/nowhere/mend/HOMF/list.xlsx', '']
] as const) {
	test(`a wrong address is answered in words: ${path}`, async ({ page }) => {
		const response = await page.goto(path);
		expect(response?.status()).toBe(404);
		if (words) await expect(main(page)).toContainText(words);
	});
}
