import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from 'linkedom';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { createPdfPool, type PdfPool } from '#lib/server/export/pdf-pool.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import { rebuild } from '#lib/server/register/rebuild.ts';
import { ReportDamaged } from '#lib/server/rounds/damaged.ts';
import { FrozenDamaged } from '#lib/server/rounds/frozen-folder.ts';
import { freeze } from '#lib/server/rounds/freeze.ts';
import { countsOf, makeReports } from '#lib/server/rounds/make.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { allReports, findReport, readPicture, readReport, reportsOf } from '#lib/server/rounds/reports.ts';
import { findEdition } from '#lib/server/rounds/rounds.ts';
import { OtherVersions } from '#lib/server/rounds/versions.ts';
import { anna, evening } from './fresh-rounds.ts';
import { fileOf, round, sampleCountry, send, today } from './sample-round.ts';

let country: Awaited<ReturnType<typeof sampleCountry>>;
let register: Register;
let rounds: Rounds;
let pool: PdfPool;
const now = () => evening + 60_000;
const make = (edition: number, definition: Definition = country.definition) =>
	makeReports({ definition }, rounds, round, edition, { pool, now });
const hashes = (edition: number) =>
	allReports(rounds, round, edition).map(({ kind, of, locale, format, sha256 }) => [
		kind,
		of,
		locale,
		format,
		sha256
	]);
const fileAt = (path: string) => readFileSync(join(country.folder, path));

beforeAll(async () => {
	country = await sampleCountry();
	({ register } = country);
	rounds = openRounds(country.folder);
	pool = createPdfPool(2);
	await freeze(register, rounds, round, anna, evening, today);
	await make(1);
}, 120_000);
afterAll(async () => {
	await pool.close();
	await closeDesk();
	rounds.close();
	await country.remove(register);
});

test('every report is made, in both languages and formats, and the edition with it', () => {
	const reports = allReports(rounds, round, 1);
	expect(reports.map(({ state, fault }) => fault ?? state)).toEqual(reports.map(() => 'made'));
	expect(findEdition(rounds, round, 1)).toMatchObject({ state: 'made', madeAt: now() });
	expect(new Set(reports.map(({ sha256 }) => sha256)).size).toBe(reports.length);
	for (const { path, bytes } of reports) expect(fileAt(path).length).toBe(bytes);
});

test('a report carries its first sentence and how its flags stand to the round before', () => {
	const [report] = allReports(rounds, round, 1).filter((each) => each.of === 'sodersjukhuset');
	expect(report?.opening).toMatch(/^108 födslar är rapporterade för januari–juni[^.]*\.$/);
	expect(report?.flags?.new).toBeGreaterThan(0);
	expect(report?.flags?.newBirths).toBeGreaterThan(0);
});

/** A text without what setting it on paper adds or takes away: spaces of every width, hyphens at the ends of lines. */
const bare = (text: string) => text.replace(/[\s\u00ad\u2010-]+/g, '');

test('every PDF tells its own unit’s name and figures, and names no other', async () => {
	const reports = allReports(rounds, round, 1).filter(
		({ format, kind }) => format === 'pdf' && kind === 'unit'
	);
	expect(reports.length).toBeGreaterThan(12);
	for (const { of, path, opening } of reports) {
		const document = await getDocumentProxy(new Uint8Array(fileAt(path)));
		const text = (await extractText(document, { mergePages: true })).text.replace(/\s+/g, ' ');
		expect(bare(text)).toContain(bare(opening ?? 'no opening'));
		for (const { id, name } of country.definition.units)
			expect(text.includes(name), `${of}: ${name}`).toBe(id === of);
	}
});

test('there is a picture of the first page of each unit’s report, and of no other', () => {
	const own = scopeOfUnits(['danderyd']);
	const path = readPicture(own, rounds, { round, edition: 1, of: 'danderyd' });
	const picture = readFileSync(path ?? '', 'utf8');
	expect(picture).toMatch(/^<svg xmlns="[^"]+" xmlns:xlink="[^"]+" viewBox="0 0 595[.]\d+ 841[.]\d+">/);
	expect(picture.match(/class="typst-shape" fill="#ffffff"/g)).toHaveLength(1);
	const [used, held] = [/href="#([^"]+)"/g, / id="([^"]+)"/g].map(
		(pattern) => new Set([...picture.matchAll(pattern)].map(([, id]) => id))
	);
	expect([...(used ?? [])].filter((id) => !held?.has(id))).toEqual([]);
	expect(used?.size).toBeGreaterThan(50);
	expect(picture).not.toMatch(/<script|<foreignObject|https?:\/\/(?!www\.w3\.org)/);
	expect(new DOMParser().parseFromString(picture, 'text/xml').querySelector('svg > g')).not.toBeNull();
	expect(readPicture(own, rounds, { round, edition: 1, of: 'huddinge' })).toBeUndefined();
	expect(readPicture(own, rounds, { round, edition: 9, of: 'danderyd' })).toBeUndefined();
});

test('made again from what is frozen, the reports are the same, byte for byte', async () => {
	const before = hashes(1);
	rounds.db.exec(`update report set state = 'waiting', sha256 = null where edition = 1`);
	for (const { path } of allReports(rounds, round, 1)) rmSync(join(country.folder, path));
	await make(1);
	expect(hashes(1)).toEqual(before);
});

test('made anew from the originals, after later files have come in, the reports are the same, byte for byte', async () => {
	await send(register, 'danderyd', fileOf(2026, 4), '2026-09-02');
	await send(register, 'karlstad', fileOf(2026, 9), '2026-09-10');
	await register.db.settle();
	register.db.close();
	const rebuilt = await rebuild(country.folder, country.definition);
	expect(rebuilt.differences).toEqual([]);
	register = await openRegister(country.folder, country.definition);
	await freeze(register, rounds, round, anna, evening, '2026-11-23', 'To see that it is the same');
	await make(2);
	expect(hashes(2)).toEqual(hashes(1));
});

test('a report that fails is named with its fault, and the others are made; the next time only it is', async () => {
	await freeze(register, rounds, round, anna, evening, today, 'with a unit that there is not');
	const insert = `insert into report select round, edition, kind, ?, ?, locale, format, 'waiting', null, null, null,
		replace(path, 'danderyd', ?), null, null, null, null, null from report where edition = 3 and subject = 'danderyd'`;
	rounds.db.prepare(insert).run('nowhere', 'nowhere', 'nowhere');
	const told: number[] = [];
	await makeReports(register, rounds, round, 3, { pool, now, told: ({ done }) => told.push(done) });
	const failed = allReports(rounds, round, 3).filter(({ state }) => state === 'failed');
	expect(failed.map(({ of }) => of)).toEqual(['nowhere', 'nowhere', 'nowhere', 'nowhere']);
	expect(failed[0]?.fault).toBe('nothing: The definition has no unit nowhere.');
	expect(countsOf(rounds, round, 3)).toEqual({ done: told.at(-1), total: told.at(-1), failed: 4 });
	expect(told).toEqual(told.toSorted((a, b) => a - b));
	expect(findEdition(rounds, round, 3)?.state).toBe('made');
	rounds.db.exec(`update report set subject = 'solleftea', unit = 'solleftea' where subject = 'nowhere'`);
	const before = hashes(3).filter(([, of]) => of !== 'solleftea');
	await make(3);
	expect(countsOf(rounds, round, 3).failed).toBe(0);
	expect(hashes(3).filter(([, of]) => of !== 'solleftea')).toEqual(before);
});

test('what is stopped waits, and nothing of it is called failed', async () => {
	await freeze(register, rounds, round, anna, evening, today, 'to be stopped');
	const [ending, own] = [new AbortController(), createPdfPool(1)];
	const told = () => {
		ending.abort();
		void own.close();
	};
	await makeReports(register, rounds, round, 4, { pool: own, now, signal: ending.signal, told });
	const { done, failed, total } = countsOf(rounds, round, 4);
	expect([failed, done < total, findEdition(rounds, round, 4)?.state]).toEqual([0, true, 'frozen']);
	await make(4);
	expect(hashes(4)).toEqual(hashes(1));
});

test('an edition is made of nothing but what it was frozen of', async () => {
	await freeze(register, rounds, round, anna, evening, today, 'for the versions');
	const { definition } = country;
	const [first, ...rest] = definition.variables;
	if (!first) throw new Error('No variable');
	const renamed = { ...definition, variables: [{ ...first, label: { sv: 'X', en: 'X' } }, ...rest] };
	await expect(make(5, renamed)).rejects.toThrow(OtherVersions);
	await expect(make(5, renamed)).rejects.toThrow(/another texts than/);
	const file = join(country.folder, 'rounds', round, '5', 'frozen', 'cube_item.parquet');
	const whole = readFileSync(file);
	writeFileSync(file, whole.subarray(1));
	await expect(make(5)).rejects.toThrow(FrozenDamaged);
	writeFileSync(file, whole);
	expect(countsOf(rounds, round, 5)).toMatchObject({ done: 0, failed: 0 });
	await make(5);
	expect(hashes(5)).toEqual(hashes(1));
});

test('somebody sees the reports of the own units only, and as long as they are not released perhaps none', () => {
	const own = scopeOfUnits(['danderyd']);
	expect(new Set(reportsOf(own, rounds, round).map(({ of }) => of))).toEqual(new Set(['danderyd']));
	expect(reportsOf(own, rounds, round, 1, { releasedOnly: true })).toEqual([]);
	const asked = { round, kind: 'unit', of: 'danderyd', locale: 'sv', format: 'pdf' } as const;
	expect(findReport(own, rounds, asked)?.path).toBe(`rounds/${round}/5/reports/unit/danderyd-sv.pdf`);
	expect(findReport(scopeOfUnits(['huddinge']), rounds, asked)).toBeUndefined();
	expect(findReport(wholeNation, rounds, { ...asked, edition: 9 })).toBeUndefined();
	rounds.db.exec(`update edition set state = 'released' where number = 2`);
	expect(findReport(own, rounds, { ...asked, releasedOnly: true })?.edition).toBe(2);
	expect(findReport(own, rounds, { ...asked, releasedOnly: true, edition: 3 })).toBeUndefined();
});

test('a file that is not as it was made is not read but named, and is made again, byte for byte', async () => {
	const asked = { round, edition: 2, kind: 'unit', of: 'danderyd', locale: 'sv', format: 'pdf' } as const;
	const before = hashes(2);
	const whole = await readReport(wholeNation, rounds, asked);
	const path = `rounds/${round}/2/reports/unit/danderyd-sv.pdf`;
	writeFileSync(join(country.folder, path), Buffer.alloc(whole?.length ?? 0));
	const reading = readReport(wholeNation, rounds, asked);
	await expect(reading).rejects.toThrow(ReportDamaged);
	await expect(reading).rejects.toMatchObject({ file: path });
	rmSync(join(country.folder, path.replace('pdf', 'xlsx')));
	await expect(readReport(wholeNation, rounds, { ...asked, format: 'xlsx' })).rejects.toThrow(ReportDamaged);
	expect(await readReport(scopeOfUnits(['huddinge']), rounds, asked)).toBeUndefined();
	await make(2);
	expect(hashes(2)).toEqual(before);
	expect(await readReport(wholeNation, rounds, asked)).toEqual(whole);
	expect(findEdition(rounds, round, 2)?.state).toBe('released');
});

test('a data folder that is copied has all that a round is made again from', async () => {
	const copy = await mkdtemp(join(tmpdir(), 'copied-'));
	await cp(join(country.folder, 'rounds'), join(copy, 'rounds'), { recursive: true });
	rounds.db.exec('pragma wal_checkpoint(truncate)');
	await cp(join(country.folder, 'rounds.sqlite'), join(copy, 'rounds.sqlite'));
	const copied = openRounds(copy);
	copied.db.exec(`update report set state = 'waiting' where edition = 1`);
	await makeReports({ definition: country.definition }, copied, round, 1, { pool, now });
	const made = allReports(copied, round, 1).map(({ sha256 }) => sha256);
	copied.close();
	await rm(copy, { recursive: true });
	expect(made).toEqual(allReports(rounds, round, 1).map(({ sha256 }) => sha256));
});
