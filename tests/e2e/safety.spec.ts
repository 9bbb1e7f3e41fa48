import { expect, test } from '@playwright/test';

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
