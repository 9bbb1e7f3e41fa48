import type { RequestEvent } from '@sveltejs/kit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readSession } from '#lib/server/access/sessions.ts';
import type { Access } from '#lib/server/access/open.ts';
import { GET as start } from '../../src/routes/sign-in/oidc/+server.ts';
import { GET as finish } from '../../src/routes/sign-in/oidc/callback/+server.ts';
import { address, freshAccess, invited, morning } from '../access/fresh-access.ts';
import { callback, ownProvider, type OwnProvider, type Person } from '../access/own-provider.ts';
import { cookieJar } from './cookies.ts';

let provider: OwnProvider;
beforeAll(async () => {
	provider = await ownProvider();
});
afterAll(() => provider.close());

type Jar = ReturnType<typeof cookieJar>;

/** Where a route leads a request with these cookies. */
async function ledTo(route: typeof start | typeof finish, url: URL, jar: Jar, access: Access) {
	const locals = { access, oidc: provider.settings, address, instant: morning };
	const event = { locals, url, cookies: jar.cookies, setHeaders: () => undefined };
	const asked = Promise.resolve(route(event as unknown as RequestEvent & { route: never; params: never }));
	return asked.then(
		() => 'nowhere',
		(thrown: { status: number; location: string }) => `${thrown.status} ${thrown.location}`
	);
}

const bo: Person = { sub: 'bo-1', email: 'bo.ek@example.org', email_verified: true };

/** From the button on the sign-in page to where somebody is in the end. */
async function walk(access: Access, jar: Jar, to: string, who: Person): Promise<string> {
	const url = new URL(`/sign-in/oidc?${new URLSearchParams({ to })}`, callback);
	const out = await ledTo(start, url, jar, access);
	expect(out).toMatch(/^303 http:\/\/127\.0\.0\.1:\d+\//);
	return ledTo(finish, await provider.walk(out.slice(4), who), jar, access);
}

test('whoever the organisation knows comes back signed in, at the page that was asked for', async () => {
	const access = freshAccess();
	const { account } = invited(access);
	const jar = cookieJar();
	expect(await walk(access, jar, '/units?period=2026-Q1', { ...bo, email: account.email })).toBe(
		'303 /units?period=2026-Q1'
	);
	expect([...jar.values.keys()]).toEqual(['session']);
	expect(jar.set.get('journey')).toMatchObject({ httpOnly: true, sameSite: 'lax', path: '/', maxAge: 600 });
	expect(readSession(access, jar.values.get('session'), morning)?.account.id).toBe(account.id);
});

test('whoever has no account is told so on the sign-in page, and keeps no cookie', async () => {
	const jar = cookieJar();
	expect(await walk(freshAccess(), jar, '/', bo)).toBe('303 /sign-in?why=unknownAccount&to=%2F');
	expect(jar.values.size).toBe(0);
});

test('an address from elsewhere is not where it leads, before and after', async () => {
	const access = freshAccess();
	const { account } = invited(access);
	const who = { ...bo, email: account.email };
	expect(await walk(access, cookieJar(), '//elsewhere.example', who)).toBe('303 /');

	const jar = cookieJar();
	const out = await ledTo(start, new URL('/sign-in/oidc', callback), jar, access);
	const kept: object = JSON.parse(jar.values.get('journey') ?? '{}');
	jar.values.set('journey', JSON.stringify({ ...kept, wanted: 'https://elsewhere.example/' }));
	expect(await ledTo(finish, await provider.walk(out.slice(4), who), jar, access)).toBe('303 /');
});

test('whoever comes back without having set out is sent to the sign-in page', async () => {
	const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
	const back = new URL(`${callback}?code=a&state=b`);
	for (const jar of [cookieJar(), cookieJar({ journey: 'not what we wrote' })])
		expect(await ledTo(finish, back, jar, freshAccess())).toBe('303 /sign-in?why=failed');
	expect(told).toHaveBeenCalledTimes(2);
	told.mockRestore();
});
