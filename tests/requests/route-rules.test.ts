import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { routeRules } from '../../src/requests/route-rules.ts';
import { routes, routesIn } from './routes.ts';

describe('the rules of the routes', () => {
	test('every route of the tree has one, and there is none of a route that is gone', () => {
		expect(Object.keys(routeRules).sort()).toEqual(routes.map(({ id }) => id).sort());
	});

	test('a folder with a page or an answer is a route, one with neither is none', () => {
		expect(routesIn(['/a/+page.svelte', '/a/b/+server.ts', '/a/b/part.ts', '/c/+layout.ts'])).toEqual([
			{ id: '/a', isPage: true },
			{ id: '/a/b', isPage: false }
		]);
		expect(readdirSync('src/routes').length).toBeGreaterThan(5);
	});

	test('whoever may change something may come there', () => {
		const open = Object.entries(routeRules).filter(([, { change }]) => change === 'anybody');
		expect(open.filter(([, { to }]) => to !== 'anybody').map(([id]) => id)).toEqual([]);
		expect(open.length).toBeGreaterThan(0);
	});

	test('what hands out births, reports or files is recorded', () => {
		const handedOut = Object.entries(routeRules).filter(([id]) => /\.(pdf|xlsx|csv)$|\/mend\//.test(id));
		expect(handedOut.length).toBeGreaterThan(4);
		for (const [id, { records }] of handedOut) expect(records, id).toBeDefined();
	});
});
