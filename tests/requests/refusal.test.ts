import type { RequestEvent } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { rateLimit, rates } from '../../src/requests/rate-limit.ts';
import { refusal } from '../../src/requests/refusal.ts';
import type { Rule } from '../../src/requests/route-rules.ts';

const origin = 'http://localhost:3000';
const own = { origin, 'content-type': 'application/x-www-form-urlencoded', 'content-length': '3' };
const open: Rule = { to: 'anybody', change: 'anybody' };

type Asked = { method?: string; path?: string; headers?: Record<string, string>; address?: string };

/** What is answered to a request before anything of it is read: a status, no such page, or nothing. */
function answered(
	{ method = 'POST', path = '/sign-in', headers = own, address = '192.0.2.1' }: Asked,
	limit = rateLimit(),
	rule = open
) {
	const url = new URL(origin + path);
	const body = method === 'GET' ? null : 'a=b';
	const request = new Request(url, { method, headers, body });
	const locals = { account: undefined, session: undefined, hadSession: false, address, instant: 0 };
	const refused = refusal({ request, url, locals } as unknown as RequestEvent, rule, 'en', limit);
	return refused instanceof Response ? refused.status : refused;
}

describe('a request is turned away before it is read', () => {
	test('a form of ours is not', () => {
		expect(answered({})).toBeUndefined();
	});

	test('when it says that another site sent it, or does not say who did', () => {
		const { origin: _, ...nobody } = own;
		expect(answered({ headers: nobody })).toBe(403);
		for (const from of ['null', 'http://localhost:30001', 'http://localhost:3000.elsewhere.example'])
			expect(answered({ headers: { ...own, origin: from } }), from).toBe(403);
		for (const site of ['cross-site', 'same-site', 'none', 'cross-site, same-origin'])
			expect(answered({ headers: { ...own, 'sec-fetch-site': site } }), site).toBe(403);
	});

	test('when it is no form: what cannot be read as one would be an error of ours', () => {
		for (const type of ['text/plain', 'multipart/form-data', 'application/json', ''])
			expect(answered({ headers: { ...own, 'content-type': type } }), type).toBe(415);
		for (const type of ['application/x-www-form-urlencoded;charset=UTF-8', 'multipart/form-data; boundary=x'])
			expect(answered({ headers: { ...own, 'content-type': type } }), type).toBeUndefined();
	});

	test('not when it is JSON and the rule of its route takes that, and nothing else', () => {
		const takes = { ...open, takesJson: true } as const;
		const said = (type: string) =>
			answered({ headers: { ...own, 'content-type': type } }, rateLimit(), takes);
		expect(said('application/json')).toBeUndefined();
		expect(said('application/json; charset=utf-8')).toBeUndefined();
		for (const type of ['text/plain', 'application/jsonp', 'application/x-ndjson'])
			expect(said(type), type).toBe(415);
	});

	test('when there is an empty part in its path, which is the name of another host to a browser', () => {
		for (const path of ['//', '//elsewhere.example', '/en//elsewhere.example/units'])
			expect(answered({ method: 'GET', path, headers: {} }), path).toBe('noSuchPage');
	});

	test('when its network asks too much, under however many of its addresses', () => {
		const limit = rateLimit();
		const from = (host: number) =>
			answered({ method: 'GET', headers: {}, address: `2001:db8:0:1::${host.toString(16)}` }, limit);
		for (let host = 0; host < rates.address.most; host++) expect(from(host)).toBeUndefined();
		expect(from(rates.address.most)).toBe(429);
		expect(answered({ method: 'GET', headers: {}, address: '2001:db8:0:2::1' }, limit)).toBeUndefined();
	});
});
