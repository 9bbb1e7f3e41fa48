import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import ICAL from 'ical.js';
import { signedOut } from './signed-in.ts';

const days = (text: string) =>
	new ICAL.Component(ICAL.parse(text))
		.getAllSubcomponents('vevent')
		.map((event) => new ICAL.Event(event))
		.map(({ startDate, summary }) => `${startDate} ${summary}`);

for (const { path, english, feed } of [
	{ path: '/', english: '/en', feed: '/calendar.ics' },
	{
		path: '/units/sodersjukhuset',
		english: '/en/units/sodersjukhuset',
		feed: '/units/sodersjukhuset/calendar.ics'
	}
]) {
	test(`${path} counts down what lies ahead, and leads to the calendar of it`, async ({ page, baseURL }) => {
		await page.goto(`${path}?as-of=2026-01-20`);
		const dates = page.getByRole('region', { name: 'Datum framåt' });
		await expect(dates.getByRole('term')).toHaveText([
			'31 jan 2026',
			'31 jan 2026',
			'1 mars 2026',
			'11 mars 2026',
			'1 maj 2026'
		]);
		await expect(dates.getByRole('definition')).toHaveText([
			'Födslar i december 2025 ska vara inne om 11 dagar',
			'Sista dag för födslar 2025 om 11 dagar',
			'Sista dag inför återkopplingen för 2025 om 40 dagar',
			'Återkoppling för 2025 om 50 dagar',
			'Sista dag för kompletteringar 2025 om 3 månader'
		]);
		await dates.getByText('Prenumerera på datumen').click();
		const address = await dates.getByLabel('Eller kopiera adressen').inputValue();
		expect(address).toBe(`${baseURL}${feed}`);
		await expect(dates.getByRole('link', { name: 'Öppna i kalenderprogrammet' })).toHaveAttribute(
			'href',
			address.replace('http:', 'webcal:')
		);
		const answer = await page.request.get(address);
		expect(answer.headers()['content-type']).toBe('text/calendar; charset=utf-8');
		expect(days(await answer.text())).toContain(
			'2026-05-01 Sista dag för kompletteringar 2025 – Medicinska födelseregistret'
		);
		const { violations } = await new AxeBuilder({ page }).include('section[aria-labelledby=dates]').analyze();
		expect(violations).toEqual([]);
	});

	test(`${english} leads to the calendar in English`, async ({ page }) => {
		await page.goto(english);
		const dates = page.getByRole('region', { name: 'Dates ahead' });
		await dates.getByText('Subscribe to the dates').click();
		const answer = await page.request.get(await dates.getByLabel('Or copy the address').inputValue());
		expect((await answer.text()).replaceAll('\r\n ', '')).toContain('Medical Birth Register');
	});
}

test.describe('a calendar program', () => {
	test.use(signedOut);

	test('needs no cookie, is given none, and is told when nothing has changed', async ({ request }) => {
		for (const path of ['/calendar.ics', '/units/sodersjukhuset/calendar.ics']) {
			const answer = await request.get(path, { maxRedirects: 0 });
			expect(answer.status(), path).toBe(200);
			const { etag, 'cache-control': kept, 'set-cookie': cookie } = answer.headers();
			expect(kept).toMatch(/^public, max-age=\d+$/);
			expect(cookie).toBeUndefined();
			const again = await request.get(path, { headers: { 'if-none-match': etag ?? '' } });
			expect(again.status(), path).toBe(304);
		}
	});

	test('finds no calendar of a unit that does not exist', async ({ request }) => {
		expect((await request.get('/units/no-such-unit/calendar.ics')).status()).toBe(404);
		expect((await request.get('/units/Not%20a%20unit/calendar.ics')).status()).toBe(404);
	});
});
