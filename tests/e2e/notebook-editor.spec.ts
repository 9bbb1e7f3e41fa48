import { expect, type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import {
	article,
	begin,
	expectNoViolations,
	header,
	lines,
	saved,
	shown,
	source,
	test,
	total,
	write
} from './notebook-desk.ts';
import { signedOut } from './signed-in.ts';

/** Takes what is offered first; what has just come up is not taken by a key that was meant for the text. */
async function accept(page: Page, name: string | RegExp) {
	const offer = page.getByRole('listbox', { name: 'Förslag' }).getByRole('option', { name });
	await expect(offer.first()).toHaveAttribute('aria-selected', 'true');
	await page.waitForTimeout(150);
	await page.keyboard.press('Enter');
}

test('from a blank page to a printed PDF', async ({ page }) => {
	test.slow();
	const name = await begin(page, 'Födslar hittills');
	await write(page, header('Födslar hittills'));
	await expect(page.getByText('Inga frågor att köra')).toBeVisible();
	await expectNoViolations(page);

	// what may be written is offered, of the dictionary and of SQL
	await page.keyboard.type('```sql total\nselect sum(bir');
	const offers = page.getByRole('listbox', { name: 'Förslag' });
	await expect(offers.getByRole('option', { name: /^births/ }).first()).toBeVisible();
	await page.keyboard.type('ths) as births from cube_bi');
	await accept(page, /^cube_birth/);
	await expect(lines(page).filter({ hasText: 'from cube_birth' })).toHaveCount(1);
	await page.keyboard.type('h\n```\n\nSammanlagt {tot');
	await accept(page, 'total');
	await page.keyboard.type('births | count} födslar.');

	// a mistake stands at its line, and a click leads there
	const faults = page.getByRole('region', { name: 'Fel i texten' });
	await expect(faults).toContainText(/cube_birth\b.*\?|did you mean cube_birth/);
	await expect(page.locator('.cm-lint-marker-error').first()).toBeVisible();
	await faults
		.getByRole('button', { name: /cube_birthh/ })
		.first()
		.click();
	await expect(page.locator('.cm-activeLine')).toContainText('cube_birthh');
	await expectNoViolations(page);
	await page.keyboard.press('End');
	await page.keyboard.press('Backspace');
	await expect(faults).toHaveText('Inga fel');
	await expect(article(page)).toContainText(/Sammanlagt [\d\s]+ födslar\./);
	const sentence = (await article(page).getByText('Sammanlagt').textContent()) ?? '';

	// each query is there as data
	await page.getByRole('button', { name: 'Visa rader: total' }).click();
	const rows = page.getByRole('region', { name: 'total' });
	await expect(rows.getByRole('columnheader', { name: 'births heltal' })).toBeVisible();
	const value = ((await rows.getByRole('cell').textContent()) ?? '').trim();
	expect(sentence.replace(/\D/g, '')).toBe(value);
	await expectNoViolations(page);

	// the draft survives, and becomes a version
	await saved(page);
	await page.reload();
	await expect(lines(page).filter({ hasText: 'Sammanlagt {total.births | count} födslar.' })).toHaveCount(1);
	await expect(article(page)).toContainText(sentence);
	await page.getByRole('button', { name: 'Publicera', exact: true }).click();
	await page.getByLabel('Vad är ändrat?').fill('Räknar alla födslar');
	await expectNoViolations(page);
	await page.getByRole('form').or(page.locator('form')).getByRole('button', { name: 'Publicera' }).click();
	await expect(page.getByText('Publicerad som version 2.')).toBeVisible();
	await page.getByRole('link', { name: 'Visa sidan' }).click();
	// the editor has a heading of its own and that of its preview
	await expect(page).toHaveURL(/\/notebooks\/[a-z0-9-]+$/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Födslar hittills');
	await expect(page.getByRole('main')).toContainText(sentence);
	const file = await page.request.get(`/notebooks/${name}.pdf`);
	expect(file.headers()['content-type']).toBe('application/pdf');
	const { text } = await extractText(await getDocumentProxy(new Uint8Array(await file.body())), {
		mergePages: true
	});
	expect(text.replace(/\s/g, '')).toContain(sentence.replace(/\s/g, ''));
	expect(text).toContain('Födslar hittills');
});

test('what is written shows on the page without its other parts moving, and each leads to the other', async ({
	page
}) => {
	await begin(page, 'Bit för bit');
	const paragraphs = Array.from({ length: 40 }, (_, at) => `Stycke ${at + 1}.`).join('\n\n');
	await write(page, `${header('Bit för bit')}${paragraphs}\n`);
	const first = article(page).getByText('Stycke 1.', { exact: true });
	await expect(first).toBeVisible();
	await first.evaluate((element) => element.setAttribute('data-same', ''));
	const last = article(page).getByText('Stycke 40.', { exact: true });
	await expect(last).toBeInViewport();
	const at = (await last.boundingBox())?.y;

	await page.keyboard.press('ControlOrMeta+End');
	await page.keyboard.type('\nEtt till.\n');
	await expect(article(page).getByText('Ett till.')).toBeVisible();
	expect((await last.boundingBox())?.y).toBe(at);
	await expect(first).toHaveAttribute('data-same', '');

	await article(page).getByText('Stycke 30.', { exact: true }).click();
	await expect(page.locator('.cm-activeLine')).toHaveText('Stycke 30.');
	await expect(source(page)).toBeFocused();
	await page.keyboard.press('ControlOrMeta+Home');
	await expect(first).toBeInViewport();
});

test('a chosen value runs what depends on it, and is not asked for again', async ({ page }) => {
	await begin(page, 'Val av enhet');
	await write(
		page,
		[
			'---',
			'title: { sv: Val, en: Choice }',
			'parameters:',
			"  unit: { type: unit, label: { sv: Enhet, en: Unit }, default: '' }",
			'---',
			'',
			'```inputs',
			'```',
			'',
			'```sql chosen',
			"select coalesce(any_value(name), 'alla') as name",
			'from unit, parameter',
			'where unit.unit = parameter.unit',
			'```',
			'',
			'Visar {chosen.name}.'
		].join('\n')
	);
	await expect(article(page)).toContainText('Visar alla.');
	const unit = article(page).getByLabel('Enhet');
	const label = 'Lycksele lasarett';
	await unit.focus();
	await unit.selectOption({ label });
	await expect(article(page)).toContainText(`Visar ${label}.`);
	await expect(unit).toBeFocused();
	await page.keyboard.press('Tab');
	await source(page).click();
	await page.keyboard.press('ControlOrMeta+End');
	await page.keyboard.insertText('\n\nMer text.');
	await expect(article(page)).toContainText('Mer text.');
	await expect(article(page)).toContainText(`Visar ${label}.`);
	await expect(page.getByRole('button', { name: /Visa rader: chosen.*sparad/ })).toBeVisible();
});

const slow =
	'```sql slow\nselect count(*) as n from range(4000000000) a, range(1000) b where a.range % 7 = b.range\n```\n';

test('a long query shows that it runs, and is stopped', async ({ page }) => {
	await begin(page, 'Lång fråga');
	await write(page, header('Lång'));
	await expect(page.getByText('Inga frågor att köra')).toBeVisible();
	await write(page, `${header('Lång')}${slow}\n`);
	const step = page.getByRole('list', { name: 'Frågorna' });
	await expect(step).toContainText('slow körs');
	await expectNoViolations(page);
	await page.getByRole('button', { name: 'Stoppa' }).click();
	await expect(page.getByText('Körningen stoppades.')).toBeVisible();
	// the server is free for the next at once
	await write(page, `${header('Kort')}${total}{total.births | count} födslar.`);
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(article(page)).toContainText(/\d födslar\./);
});

test('rows are paged, with their types, and their number is told', async ({ page }) => {
	await begin(page, 'Många rader');
	const sql =
		"select range::integer as number, range / 4 as quarter, range % 2 = 0 as even, date '2026-01-01' as day, " +
		'case when range > 0 then range::varchar end as written from range(450)';
	await write(page, `${header('Rader')}\`\`\`sql many\n${sql}\n\`\`\`\n`);
	await page.getByRole('button', { name: /Visa rader: many/ }).click();
	await expect(page.getByText(/^\s*Rad 1–200 av 450/)).toBeVisible();
	const rows = page.getByRole('region', { name: 'many' }).getByRole('row');
	await expect(rows.first()).toHaveText(
		/number\s*heltal\s*quarter\s*tal\s*even\s*ja\/nej\s*day\s*dag\s*written\s*text/
	);
	await expect(rows.nth(1)).toHaveText(/0\s*0\s*ja\s*2026-01-01\s*tomt/);
	await expect(rows.nth(2)).toHaveText(/1\s*0,25\s*nej\s*2026-01-01\s*1/);
	await page.getByRole('button', { name: 'Nästa' }).click();
	await page.getByRole('button', { name: 'Nästa' }).click();
	await expect(page.getByText(/^\s*Rad 401–450 av 450/)).toBeVisible();
	await expect(rows).toHaveCount(1 + 50);
	await expect(page.getByRole('button', { name: 'Nästa' })).toBeDisabled();
});

test('the dictionary is searched, and what is chosen is written in', async ({ page }) => {
	await begin(page, 'Tabeller');
	await write(page, header('Tabeller'));
	await shown(page, 'Tabeller');
	await page.getByLabel('Sök tabell eller kolumn').fill('cube_birth');
	await expectNoViolations(page);
	await page.getByRole('button', { name: 'Skriv in cube_birth', exact: true }).click();
	await expect(lines(page).filter({ hasText: /^cube_birth$/ })).toHaveCount(1);
	await page.getByLabel('Sök tabell eller kolumn').fill('finns inte alls');
	await expect(page.getByText('Ingen tabell eller kolumn heter eller handlar om')).toBeVisible();
});

test('the keyboard comes in, through and out again, and help says how', async ({ page }) => {
	await begin(page, 'Tangenter');
	await page.getByRole('button', { name: 'Hjälp' }).click();
	const help = page.getByRole('dialog', { name: 'Så skriver du här' });
	await expect(help).toContainText('Esc, sedan Tabb');
	await expectNoViolations(page);
	await page.keyboard.press('Escape');
	await expect(help).toBeHidden();
	await write(page, `${header('T')}${total}`);
	await page.keyboard.press('Tab');
	await expect(source(page)).toBeFocused();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Tab');
	await expect(source(page)).not.toBeFocused();
	await source(page).focus();
	await page.keyboard.press('Alt+p');
	await expect(page.getByRole('tab', { name: 'Sida' })).toBeFocused();
	await page.keyboard.press('ArrowRight');
	await expect(page.getByRole('tab', { name: 'Data' })).toHaveAttribute('aria-selected', 'true');
});

test('on a phone the text and the page change places', async ({ page }) => {
	await begin(page, 'På telefon');
	await write(page, `${header('På telefon')}Ett stycke.`);
	await page.setViewportSize({ width: 390, height: 800 });
	await shown(page, 'Text');
	await expect(source(page)).toBeVisible();
	await expect(article(page)).toBeHidden();
	await expectNoViolations(page);
	await shown(page, 'Sida');
	await expect(article(page)).toContainText('Ett stycke.');
	await expect(source(page)).toBeHidden();
	await expectNoViolations(page);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
	await article(page).getByText('Ett stycke.').click();
	await expect(source(page)).toBeFocused();
});

test('a notebook of the product is not written in but copied', async ({ page }) => {
	await page.goto('/notebooks/unit-feedback/edit');
	await expect(page).toHaveURL(/\/notebooks\?copy=unit-feedback$/);
});

test.describe('a wrong address', () => {
	test.use({ allowed: /404/ });
	test('is answered in words', async ({ page }) => {
		expect((await page.goto('/notebooks/no-such-notebook/edit'))?.status()).toBe(404);
		await expect(page.getByRole('main')).toContainText('Ingen analys heter ”no-such-notebook”');
	});
});

for (const [what, data, status] of [
	['no JSON', '{"text":', 400],
	['something else', { text: 1, locale: 'sv' }, 400],
	['another language', { text: '', locale: 'de' }, 400],
	['more than 1 MB', { text: 'å'.repeat(600_000), locale: 'sv' }, 413]
] as const) {
	test(`a run that is asked with ${what} is refused in words`, async ({ request, baseURL }) => {
		const headers = { origin: baseURL ?? '', 'content-type': 'application/json', accept: 'application/json' };
		const answer = await request.post('/notebooks/unit-feedback/run', { data, headers });
		expect(answer.status()).toBe(status);
		expect((await answer.json()).message).toMatch(/^(Frågan går inte att läsa|Texten är större än 1 MB)/);
	});
}

test('a run is told line by line, and nothing of it is held back', async ({ page, baseURL }) => {
	await page.goto('/notebooks');
	const times = await page.evaluate(
		async ({ text }) => {
			const begun = performance.now();
			const response = await fetch('/notebooks/unit-feedback/run', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ text, locale: 'sv' }),
				signal: AbortSignal.timeout(4000)
			});
			const reader = response.body?.getReader();
			const first = await reader?.read();
			const after = performance.now() - begun;
			await reader?.cancel();
			return { after, line: new TextDecoder().decode(first?.value).split('\n')[0] };
		},
		{ text: `${header('L')}${slow}`, baseURL }
	);
	expect(JSON.parse(times.line ?? '')).toMatchObject({ step: { name: 'slow', state: 'running' } });
});

test.describe('nobody else', () => {
	test.use({ storageState: signedOut.storageState });
	test('may run anything', async ({ request, baseURL }) => {
		const headers = { origin: baseURL ?? '', 'content-type': 'application/json' };
		for (const way of ['run', 'rows'])
			expect((await request.post(`/notebooks/unit-feedback/${way}`, { data: {}, headers })).status()).toBe(
				401
			);
	});
});
