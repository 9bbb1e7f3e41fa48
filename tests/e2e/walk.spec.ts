import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, request as requests, test, type APIRequestContext } from '@playwright/test';
import { may, type Role } from '#lib/access/role.ts';
import { maySee, scopeOf } from '#lib/access/scope.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { demoPeople } from '../../scripts/demo/accounts.ts';
import { smallDemo } from '../../scripts/demo/country.ts';
import { routeRules, type Rule } from '../../src/requests/route-rules.ts';
import { routes } from '../requests/routes.ts';
import { lastFeedback } from './last-feedback.ts';
import { signedOut, stateOf } from './signed-in.ts';

/**
 * Every route × every role × own and foreign ids, from the tree of routes: a new route is walked without anybody
 * thinking of it, and one whose addresses nobody can fill in fails.
 */
const definition = await loadDefinition('data/mfr');
const today = new Date().toLocaleDateString('sv-SE');
const here = definition.units.filter(({ id }) => smallDemo.units.includes(id));
const people = demoPeople(here, today);
const ways = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What stands for the variable parts of addresses: of one unit, or of nobody. */
type Ids = { unit: string; submission: string; flag: string };
const parts = (ids: Ids): Record<string, string> => ({
	...ids,
	variable: 'APGAR5',
	slug: 'unit-feedback',
	table: 'summary',
	round: lastFeedback(today).heldIn,
	edition: '1',
	locale: 'sv',
	report: `unit-${ids.unit}-sv.pdf`,
	token: 'A'.repeat(43),
	account: '00000000-0000-4000-8000-000000000000'
});

function addressOf(id: string, ids: Ids): string {
	return id.replaceAll(/\[\w+=(\w+)\]/g, (_, kind: string) => {
		const value = parts(ids)[kind];
		if (value === undefined) throw new Error(`${id}: the walk has nothing to put for “${kind}”.`);
		return value;
	});
}

/** Whether a route's own files ask for a unit in the query. */
const asksForUnit = (id: string) =>
	readdirSync(join('src/routes', id))
		.filter((file) => file.endsWith('.ts'))
		.some((file) => /searchParams\.get\('unit'\)/.test(readFileSync(join('src/routes', id, file), 'utf8')));

/** Whether a route that is no page answers to who only reads. */
const isRead = (id: string) =>
	/export const GET\b/.test(readFileSync(join('src/routes', id, '+server.ts'), 'utf8'));

const isNotebook = (id: string) => id.startsWith('/notebooks/[notebook=slug]');
const ofUnit = (id: string) => /\[(unit|submission|flag)=/.test(id);
const ruleOf = (id: string): Rule => routeRules[id as keyof typeof routeRules];

const contextOf = (baseURL: string, role: Role | undefined) =>
	requests.newContext({
		baseURL,
		storageState: role ? stateOf(role) : signedOut.storageState,
		extraHTTPHeaders: { origin: baseURL, accept: 'text/html' }
	});

/** Ids of a unit's own, as an administrator meets them. */
async function idsOf(all: APIRequestContext, unit: string): Promise<Ids> {
	const submissions = await (await all.get(`/submissions?unit=${unit}`)).text();
	const page = await (await all.get(`/units/${unit}?period=2026-01..2026-09`)).text();
	const submission = /\/submissions\/(\d+)/.exec(submissions)?.[1] ?? '';
	const flag = new RegExp(`/units/${unit}/flags/([^"?#]+)`).exec(page)?.[1] ?? 'volume.2026-01';
	expect(submission, `${unit} has handed something in`).not.toBe('');
	return { unit, submission, flag };
}

let own: Record<Role, Ids>;
let foreign: Partial<Record<Role, Ids>>;
test.beforeAll(async ({ baseURL }) => {
	const all = await contextOf(baseURL ?? '', 'administrator');
	[own, foreign] = [{} as Record<Role, Ids>, {}];
	for (const person of people) {
		const scope = scopeOf({ ...person, id: '', email: '' }, definition.units);
		const units = here.map(({ id }) => id);
		own[person.role] = await idsOf(all, units.find((unit) => maySee(scope, unit)) ?? '');
		const other = units.find((unit) => !maySee(scope, unit));
		if (other) foreign[person.role] = await idsOf(all, other);
	}
	await all.dispose();
});

test('nobody comes further than the sign-in page without signing in', async ({ baseURL }) => {
	const nobody = await contextOf(baseURL ?? '', undefined);
	for (const [at, { id }] of routes.entries()) {
		const address = addressOf(id, own.administrator);
		// each as from another place: it is not the limit on requests that is walked into
		const headers = { 'x-forwarded-for': `192.0.2.${at}` };
		const { to, change } = ruleOf(id);
		const answer = await nobody.get(address, { maxRedirects: 0, headers });
		if (to === 'anybody') expect(answer.status(), address).toBeLessThan(500);
		else {
			expect(answer.status(), address).toBe(303);
			expect(answer.headers().location, address).toMatch(/^\/sign-in(\?|$)/);
			expect(await answer.text()).toBe('');
		}
		for (const method of ways) {
			const { status } = await statusOf(nobody, method, address, headers);
			if (change === undefined) expect(status, `${method} ${address}`).toBe(405);
			else if (change !== 'anybody') expect(status, `${method} ${address}`).toBe(401);
			else expect(status, `${method} ${address}`).toBeLessThan(500);
		}
	}
	await nobody.dispose();
});

async function statusOf(context: APIRequestContext, method: string, address: string, headers = {}) {
	const answer = await context.fetch(address, { method, form: { nothing: '' }, maxRedirects: 0, headers });
	return { status: answer.status(), text: await answer.text() };
}

for (const person of people) {
	const { role } = person;
	test.describe(`as ${role}`, () => {
		const scope = scopeOf({ ...person, id: '', email: '' }, definition.units);

		test('every route answers for what is one’s own, and names no unit that is not', async ({ baseURL }) => {
			test.slow();
			const context = await contextOf(baseURL ?? '', role);
			for (const { id, isPage } of routes) {
				const { to } = ruleOf(id);
				const allowed = to === 'anybody' || to === 'signedIn' || may(role, to);
				// a notebook's file is made when it is told of which unit
				const query = asksForUnit(id) || isNotebook(id) ? `?unit=${own[role].unit}` : '';
				const address = addressOf(id, own[role]) + query;
				const answer = await context.get(address, { maxRedirects: 0 });
				if (!allowed) expect(answer.status(), address).toBe(404);
				else if (!isPage && !isRead(id)) expect(answer.status(), address).toBe(405);
				else if (to !== 'anybody' && !id.includes('[account='))
					expect(answer.status(), address).toBeLessThan(400);
				if (answer.status() === 200 && isPage && to !== 'anybody')
					expect(foreignNames(await answer.text()), address).toEqual([]);
			}
			await context.dispose();
		});

		test('nothing can be changed that is not to be', async ({ baseURL }) => {
			const context = await contextOf(baseURL ?? '', role);
			for (const { id } of routes) {
				const { change } = ruleOf(id);
				// what is everybody's would end this very session
				if (change === 'anybody' || change === 'signedIn') continue;
				const address = addressOf(id, own[role]);
				for (const method of ways) {
					if (change !== undefined && may(role, change)) continue;
					const { status } = await statusOf(context, method, address);
					expect(status, `${method} ${address}`).toBe(change === undefined ? 405 : 404);
				}
			}
			await context.dispose();
		});

		test('what is of a foreign unit is not there', async ({ baseURL }) => {
			const context = await contextOf(baseURL ?? '', role);
			const other = foreign[role] ?? { unit: 'no-such-unit', submission: '99999999', flag: own[role].flag };
			for (const { id } of routes.filter((route) => ofUnit(route.id) || asksForUnit(route.id))) {
				// the days that concern a unit are no secret
				if (ruleOf(id).to === 'anybody') continue;
				const query = asksForUnit(id) ? `?unit=${other.unit}` : '';
				const address = addressOf(id, other) + query;
				const answer = await context.get(address, { maxRedirects: 0 });
				expect(answer.status(), address).toBe(404);
				// what the reader wrote stands in the links to the other language
				const html = (await answer.text())
					.replaceAll(address, '')
					.replaceAll(address.replaceAll('&', '&amp;'), '');
				expect(foreignNames(html), address).toEqual([]);
				const { change } = ruleOf(id);
				if (!ofUnit(id) || change === undefined || !may(role, change as 'followUp')) continue;
				for (const method of ways)
					expect((await statusOf(context, method, address)).status, `${method} ${address}`).toBeGreaterThan(
						403
					);
			}
			await context.dispose();
		});

		/** Units outside the scope that a page names. */
		function foreignNames(html: string): string[] {
			const ownNames = definition.units
				.filter((unit) => maySee(scope, unit.id))
				.flatMap(({ name, place, region }) => [name, place, region]);
			const text = html.replaceAll(/<[^>]*>/g, ' ');
			return definition.units
				.filter((unit) => !maySee(scope, unit.id))
				.filter(
					({ id, name }) =>
						html.includes(`/units/${id}`) ||
						html.includes(`unit=${id}`) ||
						(!ownNames.some((other) => other.includes(name)) && text.includes(name))
				)
				.map(({ id }) => id);
		}
	});
}

test('a file for a foreign unit is not taken, nor one that somebody else has sent over', async ({
	baseURL
}) => {
	const manager = await contextOf(baseURL ?? '', 'unitManager');
	const other = await contextOf(baseURL ?? '', 'coordinator');
	const bytes = 'REF;BFODDAT\nwalk-1;2026-01-01\n';
	const stored = await manager.put('/submissions/original', { data: bytes });
	expect(stored.status()).toBe(201);
	const { sha256 } = await stored.json();
	const form = {
		name: 'Maria Berg',
		unit: 'Förlossningen',
		organisation: 'Region Prov',
		address: 'Provgatan 1',
		telephone: '08-123 45 67',
		email: 'maria.berg@demo.example',
		fileName: 'walk.csv',
		profile: '',
		sha256
	};
	const unitId = foreign.unitManager?.unit ?? '';
	const toOther = await manager.post('/submissions/new?/receive', { form: { ...form, unitId } });
	expect(toOther.status()).toBe(400);
	const stolen = await other.post('/submissions/new?/receive', {
		form: { ...form, unitId: own.coordinator.unit }
	});
	expect(stolen.status()).toBe(409);
	await Promise.all([manager.dispose(), other.dispose()]);
});
