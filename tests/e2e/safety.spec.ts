import { expect, test } from '@playwright/test';
import { demoAccounts, signedOut } from './signed-in.ts';

test('every page forbids foreign scripts, frames and guesses about types', async ({ request }) => {
	const { 'content-security-policy': policy = '', ...headers } = (await request.get('/nowhere')).headers();
	expect(policy).toContain("default-src 'none'");
	expect(policy).toContain("frame-ancestors 'none'");
	expect(policy).not.toMatch(/unsafe-(inline|eval)/);
	expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' });
});

test('text goes out compressed, once and only to those who read it', async ({ request }) => {
	const zipped = await request.get('/', { headers: { 'accept-encoding': 'gzip' } });
	expect(zipped.headers()).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
	expect(await zipped.text()).toContain('</html>');
	const plain = await request.get('/', { headers: { 'accept-encoding': 'identity' } });
	expect(plain.headers()['content-encoding']).toBeUndefined();
});

test('the parts of a page are kept for good, what somebody signed in was shown in no cache', async ({
	request
}) => {
	const response = await request.get('/');
	expect(response.headers()['cache-control']).toBe('private, no-store');
	const style = /href="(\/_app\/immutable\/[^"]+\.css)"/.exec(await response.text())?.[1];
	const part = await request.get(style ?? 'no stylesheet', { headers: { 'accept-encoding': 'br' } });
	expect(part.headers()).toMatchObject({ 'content-encoding': 'br' });
	expect(part.headers()['cache-control']).toContain('immutable');
});

const refused = [
	['from another site', { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, 403],
	['from a sister site', { 'sec-fetch-site': 'same-site', 'content-type': 'application/json' }, 403],
	['from nowhere', { 'content-type': 'application/json' }, 403],
	['from another origin', { origin: 'https://elsewhere.example', 'content-type': 'application/json' }, 403]
] as const;
for (const [title, headers, status] of refused) {
	test(`what would change something is refused ${title}`, async ({ request }) => {
		for (const method of ['POST', 'PUT', 'DELETE'])
			expect((await request.fetch('/', { method, headers, data: '{}' })).status()).toBe(status);
	});
}

test('a body of more than 512 kB is refused unread', async ({ request, baseURL }) => {
	const headers = { origin: baseURL ?? '', 'content-type': 'application/json' };
	const large = await request.post('/submissions/new', { headers, data: Buffer.alloc(600 * 1024, 32) });
	expect(large.status()).toBe(413);
	expect(await large.text()).toContain('för stort');
});

test('what people are shown stays in no cache, and no answer may be framed or guessed at', async ({
	request
}) => {
	for (const path of ['/', '/units', '/account', '/nowhere', '/reports/unit-feedback/lycksele.xlsx']) {
		const headers = (await request.get(path)).headers();
		expect(headers, path).toMatchObject({
			'cache-control': 'private, no-store',
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin'
		});
	}
});

test('the cookie of a session is for our own pages only, and no script reads it', async ({
	playwright,
	baseURL
}) => {
	const context = await playwright.request.newContext({
		...signedOut,
		baseURL: baseURL ?? '',
		extraHTTPHeaders: { origin: baseURL ?? '' }
	});
	const answer = await context.post('/sign-in', { form: demoAccounts.statistician, maxRedirects: 0 });
	expect(answer.headers()['set-cookie']).toMatch(/^session=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
	await context.dispose();
});

test('whoever asks for too much at once is told how long to wait, and others are not held up', async ({
	playwright,
	baseURL
}) => {
	const from = (address: string) =>
		playwright.request.newContext({
			...signedOut,
			baseURL: baseURL ?? '',
			extraHTTPHeaders: { 'x-forwarded-for': address }
		});
	const [hasty, other] = await Promise.all([from('198.51.100.7'), from('198.51.100.8')]);
	let turnedAway;
	// the limit is 120 at once; they come back while these are asked
	for (let n = 0; n < 400 && !turnedAway; n++) {
		const answer = await hasty.get('/sign-in');
		if (answer.status() === 429) turnedAway = answer;
	}
	expect(Number(turnedAway?.headers()['retry-after'])).toBeGreaterThan(0);
	expect(await turnedAway?.text()).toContain('Försök igen om');
	expect((await other.get('/sign-in')).status()).toBe(200);
	await Promise.all([hasty.dispose(), other.dispose()]);
});

test('an error tells its reader nothing of the inside', async ({ request }) => {
	for (const path of ['/units/%00', '/variables/APGAR5?unit=%27', '/submissions?page=1e9', '/audit?from=x']) {
		const text = await (await request.get(path)).text();
		expect(text, path).not.toMatch(/node_modules|at \w+ \(|select .* from|SQLITE|\.ts:\d/i);
	}
});
