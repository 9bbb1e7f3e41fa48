import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { profileOf, readArguments, readSender, readTime, unitOf } from '../../scripts/import/arguments.ts';
import { nearest } from '../../scripts/import/nearest.ts';
import { sender } from './empty-register.ts';

let folder: string;
let definition: Definition;
const inside = (name: string) => join(folder, name);
const header = 'IDADEMAE,SEXO,APGAR1,APGAR5,PESO,CONSULTAS,DTNASC,GESTACAO,GRAVIDEZ,ESCMAE,IDADEPAI\n';
const birth = '29,Feminino,7,9,3020,4,2019-01-16,37 a 41 semanas,Única,Nenhuma,30\n';

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'register-'));
	definition = await loadDefinition('data/mfr');
	await writeFile(inside('sender.json'), JSON.stringify(sender));
	await writeFile(inside('jan.csv'), header + birth);
	await writeFile(inside('feb.csv'), header + birth + birth.replace('3020', '99'));
	await writeFile(inside('bad.csv'), header + birth + birth.replace(',30\n', '\n'));
	await mkdir(inside('data'));
});
afterAll(() => rm(folder, { recursive: true }));

const args = (...more: string[]) => ['x.csv', '--unit', 'u', '--sender', 's.json', ...more];
const now = '2026-11-23 10:00:00';

test('the command line is read with the settings as defaults', () => {
	expect(readArguments(args(), { BORTFALL_DATA: '/d', BORTFALL_REGISTER: '/r' }, now)).toEqual({
		files: ['x.csv'],
		data: '/d',
		register: '/r',
		unit: 'u',
		sender: 's.json',
		profile: undefined,
		receivedAt: now,
		json: false,
		locale: 'sv'
	});
	const said = readArguments(
		args('--received-at', '2026-02-01', '--data', 'd', '--json', '--language', 'en'),
		{},
		now
	);
	expect(said).toMatchObject({ data: 'd', receivedAt: '2026-02-01 00:00:00', json: true, locale: 'en' });
});

test('a time of receipt is a day, or a day with its time', () => {
	expect(readTime('2026-02-01')).toBe('2026-02-01 00:00:00');
	expect(readTime('2026-02-01 08:30')).toBe('2026-02-01 08:30:00');
	expect(readTime('2026-02-01T08:30:15')).toBe('2026-02-01 08:30:15');
	for (const wrong of ['2026-02-30', '1 februari', '2026-02-01 24:00', '2026-02-01 8:30', ''])
		expect(() => readTime(wrong)).toThrow('--received-at');
});

test('an argument that cannot be used is named', () => {
	const wrong: [string[], string][] = [
		[['--unit', 'u', '--sender', 's.json'], 'FILE'],
		[['x.csv', '--sender', 's.json'], '--unit is missing'],
		[['x.csv', '--unit', 'u'], '--sender is missing'],
		[args('--language', 'de'), '--language is sv or en, not “de”.'],
		[args('--recieved-at', '2026-02-01'), '--recieved-at'],
		[args('--profile'), '--profile']
	];
	for (const [given, message] of wrong) expect(() => readArguments(given, {}, now)).toThrow(message);
});

test('a unit is found by id or hospital code; for another name those near it are told', () => {
	expect(unitOf(definition, 'sodersjukhuset').id).toBe('sodersjukhuset');
	expect(unitOf(definition, '10013').id).toBe('sodersjukhuset');
	expect(() => unitOf(definition, 'Södersjukhuset')).toThrow('Near it: sodersjukhuset (Södersjukhuset)');
	expect(() => unitOf(definition, 'sodersjukhust')).toThrow('sodersjukhuset');
	expect(() => unitOf(definition, 'xyzxyz')).toThrow(/no unit “xyzxyz”\.$/);
	expect(() => profileOf(definition, 'cosmic')).toThrow('no profile “cosmic”');
});

test('nearest() gives at most three, the nearest first', () => {
	const choices = ['malmo', 'malmö nya', 'lund', 'malme', 'salmo'].map((text) => ({
		texts: [text],
		shown: text
	}));
	expect(nearest('Malmö', choices)).toEqual(['malmo', 'malmö nya', 'malme']);
	expect(nearest('zzzz', choices)).toEqual([]);
});

test('what is wrong with the sender is said key by key', async () => {
	const { name: _name, ...rest } = sender;
	await writeFile(inside('wrong.json'), JSON.stringify({ ...rest, email: 'nej', fax: '08' }));
	await expect(readSender(inside('wrong.json'))).rejects.toThrow(
		/email is no e-mail address; name is missing; fax is no key that is known here\. Its keys are unit, /
	);
	await writeFile(inside('wrong.json'), '{');
	await expect(readSender(inside('wrong.json'))).rejects.toThrow('is not JSON');
	await expect(readSender(inside('nowhere.json'))).rejects.toThrow('there is no file');
	expect(await readSender(inside('sender.json'))).toEqual(sender);
});

/** Runs the command; gives what it said and how it ended. */
async function run(...more: string[]) {
	const always = [
		'--data',
		inside('data'),
		'--register',
		'data/sinasc',
		'--unit',
		'ro',
		'--profile',
		'sinasc'
	];
	const given = ['scripts/import.ts', ...more, ...always, '--sender', inside('sender.json')];
	const child = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'pipe'] });
	let [out, err] = ['', ''];
	child.stdout.on('data', (text: Buffer) => (out += text.toString()));
	child.stderr.on('data', (text: Buffer) => (err += text.toString()));
	const code = await new Promise((ended) => child.on('close', ended));
	return { out, err, code };
}

test('files are handed in one after the other; a refused one is told, and the others are received', async () => {
	const files = ['jan.csv', 'bad.csv', 'nowhere.csv', 'feb.csv', 'jan.csv'].map(inside);
	const { out, err, code } = await run(...files, '--received-at', '2019-03-01', '--json', '--language', 'en');
	const lines = out
		.trimEnd()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(lines[0]).toMatchObject({
		file: inside('jan.csv'),
		number: 1,
		status: 'received',
		rows: 1,
		accepted: 1,
		added: 1,
		changed: 0,
		unchanged: 0,
		rejected: 0,
		issues: {},
		refusals: [],
		before: false
	});
	expect(lines[1]).toMatchObject({ number: 2, status: 'refused', rows: 0 });
	expect(lines[1]?.refusals).toEqual([
		expect.objectContaining({
			rule: 'wrongNumberOfFields',
			row: 3,
			text: expect.stringContaining('Row 3 has 10 fields')
		})
	]);
	expect(lines[2]).toMatchObject({
		status: 'failed',
		error: expect.stringContaining('there is no such file')
	});
	expect(lines[3]).toMatchObject({ number: 3, rows: 2, added: 1, unchanged: 1, issues: { limits: 1 } });
	expect(lines[4]).toMatchObject({ number: 1, before: true });
	expect(err).toBe(`${inside('nowhere.csv')}: there is no such file, or it may not be read.\n`);
	expect(code).toBe(1);
});

test('without --json a receipt is words, and a right file ends well', async () => {
	const { out, err, code } = await run(inside('feb.csv'));
	expect(out).toContain('kvitto 3');
	expect(out).toContain('Filen är mottagen: 2 födslar, varav');
	expect([err, code]).toEqual(['', 0]);
});

test('a file out of order and a register in use are told in one line each', async () => {
	await writeFile(inside('late.csv'), header + birth.replace('3020', '3300'));
	const early = await run(inside('late.csv'), '--received-at', '2019-01-31');
	expect(early.err).toMatch(/^\S+late\.csv: The unit ro has a submission of 2019-03-01; [^\n]+\n$/);
	expect(early.code).toBe(1);
	const held = await openDatabase(inside('data/register.duckdb'));
	try {
		const inUse = await run(inside('late.csv'));
		expect(inUse.err).toMatch(/^\S+register\.duckdb is open in another process\. [^\n]+\n$/);
		expect([inUse.out, inUse.code]).toEqual(['', 1]);
	} finally {
		held.close();
	}
});
