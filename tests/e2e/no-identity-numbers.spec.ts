import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from '@playwright/test';
import { filesWith, formsOf } from '../register/byte-search.ts';
import { signedOut } from './signed-in.ts';

/** Official test numbers (the Swedish tax agency's), which no other test hands in. */
const numbers = ['194608239986', '195704289999', '202107919967', '200002292399'];
const [mother = '', child = '', inText = '', inName = ''] = numbers;
const written = (number: string) => `${number.slice(0, 8)}-${number.slice(8)}`;

const folder = process.env.BORTFALL_E2E_FOLDER ?? '';
const sender = {
	name: `Maria ${written(inName)}`,
	unit: 'Lycksele BB',
	organisation: 'Region Västerbotten',
	address: 'Lasarettsvägen 1',
	telephone: '0950-390 00',
	email: 'maria.ek@example.org'
};

test('no identity number that is handed in, or written anywhere else, is found in data, log or files', async ({
	request,
	playwright,
	baseURL
}) => {
	const headers = { origin: baseURL ?? '', accept: 'text/html' };
	const rows = [
		'REF;BFODDAT;MPNR;BPNR;YRKE;APGAR5',
		`E2E-N1;2026-10-02;${mother};${written(child)};${written(inText)};`,
		`${written(inText)};2026-10-03;${inText};;kock;99`,
		`E2E-N3;2026-10-04;${inName.slice(2)};${child}x;mor ${inText.slice(2)};`
	];
	const stored = await request.put('/submissions/original', { headers, data: `${rows.join('\n')}\n` });
	expect(stored.status()).toBe(201);
	const { sha256 } = await stored.json();
	const received = await request.post('/submissions/new?/receive', {
		headers: { ...headers, accept: 'application/json', 'x-sveltekit-action': 'true' },
		form: { ...sender, unitId: 'lycksele', profile: '', sha256, fileName: `mor ${inName}.csv` }
	});
	expect(await received.text()).toContain('success');
	const list = await (await request.get('/submissions?unit=lycksele')).text();
	const number = /href="\/submissions\/(\d+)"/.exec(list)?.[1];

	// written where none belongs
	const nobody = await playwright.request.newContext({ ...signedOut, baseURL: baseURL ?? '' });
	await nobody.post('/sign-in', { headers, form: { email: inText, password: written(inText) } });
	await nobody.dispose();
	for (const path of [`/units?q=${written(inText)}`, `/units/lycksele?as-of=${inText}`, `/${mother}`])
		await request.get(path);
	const flags = await (await request.get('/units/lycksele?period=2026-01..2026-09')).text();
	const flag = /\/units\/lycksele\/flags\/[^"?#]+/.exec(flags)?.[0] ?? '/units/lycksele/flags/volume.2026-01';
	await request.post(`${flag}?/note`, {
		headers,
		form: { key: 'no-identity-numbers', text: `Gäller ${written(mother)} och ${inText}.` }
	});

	const shown: [string, Buffer][] = [];
	const period = 'period=2026-10&as-of=' + new Date().toLocaleDateString('sv-SE');
	for (const path of [
		`/submissions/${number}`,
		`/submissions/${number}/issues.csv`,
		`/units/lycksele/mend/APGAR5?${period}`,
		`/units/lycksele/mend/MPNR?${period}`,
		'/submissions?unit=lycksele',
		'/audit/entries.csv'
	]) {
		const answer = await request.get(path);
		expect(answer.status(), path).toBe(200);
		shown.push([path, await answer.body()]);
	}
	const workbook = await request.get(`/units/lycksele/mend/APGAR5/list.xlsx?${period}`);
	expect(workbook.status()).toBe(200);
	shown.push(['list.xlsx', Buffer.from(JSON.stringify(await readXlsx(await workbook.body())))]);
	for (const [path, bytes] of shown)
		for (const form of numbers.flatMap(formsOf)) expect(bytes.includes(form), path).toBe(false);

	expect(readFileSync(join(folder, 'data', 'ledger.jsonl'), 'utf8')).toContain('lycksele');
	expect(await filesWith(folder, numbers)).toEqual([]);
});
