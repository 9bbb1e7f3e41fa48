import { expect, test } from 'vitest';
import type { Unit } from '#lib/catalogue/unit.ts';
import { record } from '#lib/server/access/audit.ts';
import type { Access } from '#lib/server/access/open.ts';
import { transaction } from '#lib/server/access/transaction.ts';
import { GET } from '../../src/routes/audit/entries.csv/+server.ts';
import { freshAccess, morning } from '../access/fresh-access.ts';

const unitById = new Map<string, Pick<Unit, 'name'>>([['visby', { name: 'Visby lasarett' }]]);

/** The file as it is sent, part by part. */
async function fetched(access: Access, query = '') {
	const locals = { access, register: { definition: { unitById } }, asOf: '2026-11-23' };
	const url = new URL(`http://localhost/audit/entries.csv${query}`);
	const event = { locals, url } as unknown as Parameters<typeof GET>[0];
	const response = await GET(event);
	if (!response.body) throw new Error('The file is empty.');
	return { response, parts: response.body.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]() };
}

async function rest(parts: AsyncIterator<string>): Promise<string[]> {
	let text = '';
	for (let next = await parts.next(); !next.done; next = await parts.next()) text += next.value;
	return text.split('\r\n').slice(0, -1);
}

const write = (access: Access, count: number, what = '') =>
	transaction(access, () => {
		for (let each = 0; each < count; each++)
			record(access, { at: morning, who: null, name: 'Åsa', act: 'reportSeen', unit: 'visby', what });
	});

test('a file of the log is for a spreadsheet, and no cache keeps it', async () => {
	const access = freshAccess();
	write(access, 1, '=HYPERLINK("https://elsewhere.example")');
	const { response, parts } = await fetched(access);
	expect(Object.fromEntries(response.headers)).toMatchObject({
		'content-type': 'text/csv; charset=utf-8',
		'content-disposition': 'attachment; filename="bortfall-logg-2026-11-23.csv"',
		'cache-control': 'private, no-store'
	});
	const [, line] = await rest(parts);
	expect(line).toContain(';Åsa;Såg en rapport;Visby lasarett;"\'=HYPERLINK(""https://elsewhere.example"")";');
});

test('each entry stands in it once, the newest first, also when more are written meanwhile', async () => {
	const access = freshAccess();
	write(access, 1500);
	const { parts } = await fetched(access);
	await parts.next();
	const first = (await parts.next()).value;
	write(access, 300);
	const numbers = (first + (await rest(parts)).join('\r\n'))
		.split('\r\n')
		.filter(Boolean)
		.map((line: string) => Number.parseInt(line));
	expect(numbers).toEqual(Array.from({ length: 1500 }, (_, index) => 1500 - index));
});
