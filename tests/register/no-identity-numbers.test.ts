import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { backUp } from '#lib/server/register/backup.ts';
import { addNote } from '#lib/server/register/flag-notes.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import { storeOriginal } from '#lib/server/register/original.ts';
import { rebuild } from '#lib/server/register/rebuild.ts';
import { receive } from '#lib/server/register/receive.ts';
import { rotateKey } from '#lib/server/register/rotate-key.ts';
import { markWaiting } from '#lib/server/register/waiting.ts';
import { sharedFolder } from '../catalogue/definition-files.ts';
import { saved, sheet } from '../workbook/packed.ts';
import { filesWith, formsOf } from './byte-search.ts';
import { onlyWith, sender, someVariables, unitLike } from './empty-register.ts';

const folder = sharedFolder('personnummer');
const listed = z.array(z.object({ long_format: z.string(), valid: z.boolean(), type: z.string() }));
const read = (name: string) => listed.parse(JSON.parse(readFileSync(join(folder ?? '', name), 'utf8')));

test('a number is found in all the ways in which it may be written, and nothing where there is none', async () => {
	const data = await mkdtemp(join(tmpdir(), 'register-'));
	try {
		const number = '195704289999';
		await writeFile(join(data, 'none'), 'x'.repeat(1000) + '195704280000');
		expect(await filesWith(data, [number])).toEqual([]);
		for (const form of formsOf(number)) {
			await writeFile(join(data, 'one'), Buffer.concat([Buffer.alloc(99), form, Buffer.alloc(99)]));
			expect(await filesWith(data, [number])).toHaveLength(1);
		}
		await writeFile(join(data, `${number}.csv`), '');
		expect(await filesWith(data, [number])).toHaveLength(2);
	} finally {
		await rm(data, { recursive: true });
	}
});

describe.skipIf(!folder)('after a run with official test numbers (skipped where ../shared is absent)', () => {
	let root: string;
	let data: string;
	let definition: Definition;
	let all: string[];
	let persons: string[];

	beforeAll(async () => {
		const entries = [...read('list.json'), ...read('interim.json')];
		all = entries.map((one) => one.long_format);
		persons = entries.filter((one) => one.valid && one.type !== 'interim').map((one) => one.long_format);
		root = await mkdtemp(join(tmpdir(), 'register-'));
		data = join(root, 'data');
		definition = onlyWith(await loadDefinition('data/mfr'), someVariables);
	});
	afterAll(() => rm(root, { recursive: true }));

	const separated = (number: string) => `${number.slice(2, 8)}-${number.slice(8)}`;
	const header = 'REF;BFODDAT;MPNR;BPNR;YRKE;BVIKT';

	/** Files with numbers in every place where somebody may write one, each with its name. */
	async function files(): Promise<[bytes: Buffer, name: string][]> {
		const rows = all.map((number, at) => `A${at};2026-01-05;${number};;kock;3500`);
		const other = persons.map(
			(number, at) => `B${at};2026-01-06;${separated(number)};${number};målare;${number}`
		);
		const words = persons.map((number, at) => `C${at};2026-01-07;;;mor ${separated(number)}, tel ${number};`);
		const references = persons.map(
			(number) => `${number};2026-01-08;;;;\nP-${separated(number)}/1;2026-01-08;;;;`
		);
		const [first = '', second = ''] = persons;
		const text = (...parts: string[][]) => `${[header, ...parts.flat()].join('\n')}\n`;
		return [
			[Buffer.from(text(rows, words)), `${first}.csv`],
			[Buffer.from(text(other), 'latin1'), `mor ${separated(second)}.csv`],
			[Buffer.from(`\uFEFF${text(rows, references)}`, 'utf16le'), 'wide.csv'],
			[Buffer.from(text(words).replaceAll('\n', '\r\n\r\n')), 'blank-lines.csv'],
			[Buffer.from(`${first};2026-01-05;${second}\n${second};2026-01-05;${first}\n`), 'no-header.csv'],
			[Buffer.from(`REF;BFODDAT;${first};${first}\nA1;2026-01-05;1;2\n`), 'twice.csv'],
			[Buffer.from(`${header}\nA1;2026-01-05;"${first}\n`), 'unclosed.csv'],
			[Buffer.from(`${header}\n${first};${second}\n`), 'ragged.csv'],
			[await saved([sheet([header.split(';'), ...rows.map((row) => row.split(';'))])]), `${second}.xlsx`]
		];
	}

	async function handIn(register: Register): Promise<string[]> {
		const statuses: string[] = [];
		const name = `Maria ${persons[0]}`;
		for (const [bytes, fileName] of await files()) {
			const original = await storeOriginal(data, Readable.from([bytes]));
			const unit = unitLike(register, 'kalmar', 'kalmar');
			const by = { ...sender, name, unit: `Enhet ${separated(persons[1] ?? '')}` };
			const receipt = await receive(register, {
				original,
				fileName,
				unit,
				sender: by,
				receivedAt: '2026-02-01 12:00:00'
			});
			statuses.push(receipt.status);
		}
		return statuses;
	}

	async function note(register: Register): Promise<void> {
		const flag = { unit: 'kalmar', id: 'late.2026-01', births: 1, severity: 'low' } as const;
		const text = persons.map((number) => `${number} ${separated(number)}`).join(' ');
		const form = {
			key: 'a-key-of-a-form-1',
			kind: 'note',
			reason: '',
			until: '',
			text,
			who: `Eva ${persons[0]}`
		};
		await addNote(register, flag, form, '2026-02-02 08:00:00');
	}

	test('no number is in any byte of the data folder or a backup: received, refused, noted, waiting, made anew', async () => {
		expect(persons.length).toBeGreaterThan(5);
		const register = await openRegister(data, definition);
		const statuses = await handIn(register);
		expect(new Set(statuses)).toEqual(new Set(['received', 'refused']));
		await note(register);
		const waits = await storeOriginal(data, Readable.from([Buffer.from(all.join('\n'))]));
		await markWaiting(data, waits, 'ann');
		// as it stands, with DuckDB's log, while nobody has closed it
		expect(await readdir(data)).toContain('register.duckdb.wal');
		expect(await filesWith(root, all)).toEqual([]);
		await backUp(register, join(root, 'backup'), { keys: join(root, 'keys') });
		register.db.close();
		await rotateKey(data);
		expect(await rebuild(data, definition)).toMatchObject({ submissions: statuses.length, differences: [] });
		expect(await filesWith(root, all)).toEqual([]);
	});
});
