import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { wholeNation } from '#lib/access/scope.ts';
import { mostCharacters, addNote, notesOf, type WrittenNote } from '#lib/server/register/flag-notes.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { LedgerAhead } from '#lib/server/register/journal.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { rebuild } from '#lib/server/register/rebuild.ts';
import { emptyRegister, handIn, onlyWith, someVariables, unitLike } from './empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => (made = await emptyRegister('data/mfr', someVariables)));
afterAll(() => made.remove());

const now = '2026-03-01 12:34:56';
let keys = 0;
const newKey = () => `a-key-of-a-form-${++keys}`;
const noted = (unit: string) =>
	({ unit, id: 'values.APGAR5.2026-01', births: 120, severity: 'middle' }) as const;
const written = (changes: Partial<WrittenNote> = {}): WrittenNote => ({
	key: newKey(),
	kind: 'acknowledged',
	reason: 'beingMended',
	until: '2026-03-31',
	text: 'Exporten är rättad.',
	who: 'Maria Ek',
	...changes
});
const add = (unit: string, changes: Partial<WrittenNote> = {}, at = now) =>
	addNote(made.register, noted(unit), written(changes), at);
const log = (unit: string) => notesOf(wholeNation, made.register.db, { unit });

test('a note is kept as it was written, with what the flag was then, and only by unit and flag it is found', async () => {
	const { note } = (await add('kalmar')) as { note: unknown };
	const kept = {
		unit: 'kalmar',
		flag: 'values.APGAR5.2026-01',
		number: 1,
		at: now,
		who: 'Maria Ek',
		kind: 'acknowledged',
		reason: 'beingMended',
		text: 'Exporten är rättad.',
		until: '2026-03-31',
		births: 120,
		severity: 'middle'
	};
	expect(note).toEqual(kept);
	const { db } = made.register;
	expect(await notesOf(wholeNation, db, { unit: 'kalmar', flagIds: ['late.2026-01', kept.flag] })).toEqual([
		kept
	]);
	expect(await notesOf(wholeNation, db, { unit: 'kalmar', flagIds: ['late.2026-01'] })).toEqual([]);
	expect(await notesOf(wholeNation, db, { unit: 'kalmar', flagIds: [] })).toEqual([]);
	expect(await notesOf(wholeNation, db, { unit: 'motala' })).toEqual([]);
	expect(await notesOf(wholeNation, db)).toContainEqual(kept);
});

test('the log of a flag is numbered from 1 and told newest first', async () => {
	await add('motala', { kind: 'note' });
	await add('motala', { kind: 'acknowledged' });
	await add('motala', { kind: 'withdrawn', text: '' });
	expect((await log('motala')).map(({ number, kind }) => [number, kind])).toEqual([
		[3, 'withdrawn'],
		[2, 'acknowledged'],
		[1, 'note']
	]);
});

test('only an acknowledgement keeps a reason and a day, whatever its form says', async () => {
	await add('eksjo', { kind: 'note', reason: 'nonsense', until: 'never' });
	await add('eksjo', { kind: 'withdrawn' });
	for (const { reason, until } of await log('eksjo')) expect([reason, until]).toEqual([null, null]);
});

test('a form that is sent twice is one note, also when both come at once; two forms are two', async () => {
	const form = written();
	const send = () => addNote(made.register, noted('falun'), form, now);
	const [first, second] = await Promise.all([send(), send()]);
	expect(second).toEqual(first);
	expect(await addNote(made.register, noted('falun'), form, '2026-03-02 08:00:00')).toEqual(first);
	expect(await log('falun')).toHaveLength(1);
	await Promise.all([add('falun'), add('falun')]);
	expect((await log('falun')).map(({ number }) => number)).toEqual([3, 2, 1]);
});

test('a form that is sent again with other words is not lost', async () => {
	const form = written();
	await addNote(made.register, noted('ystad'), form, now);
	await addNote(made.register, noted('ystad'), { ...form, text: 'Och en sak till.' }, now);
	expect((await log('ystad')).map(({ text }) => text)).toEqual(['Och en sak till.', form.text]);
});

const faults: [string, Partial<WrittenNote>, string[]][] = [
	['an acknowledgement without a reason', { reason: '' }, ['reason']],
	['a reason that is none of ours', { reason: 'tired' }, ['reason']],
	['a day that the calendar has not', { until: '2026-02-30' }, ['until']],
	['a day in other figures', { until: '31/3 2026' }, ['until']],
	['today', { until: '2026-03-01' }, ['until']],
	['more than a year ahead', { until: '2027-03-02' }, ['until']],
	['too long a text', { text: 'x'.repeat(mostCharacters.text + 1) }, ['text']],
	['a note without words', { kind: 'note', text: ' \n ' }, ['text']],
	['all of it', { reason: '', until: '' }, ['reason', 'until']]
];
test.for(faults)('%s is named by its field, and nothing is kept', async ([, changes, wrong]) => {
	expect(await add('visby', changes)).toEqual({ wrong });
	expect(await log('visby')).toEqual([]);
});

test('a day one year ahead is the last that is taken, and a text of full length is kept', async () => {
	const text = 'å'.repeat(mostCharacters.text);
	await add('gavle', { until: '2027-03-01', text });
	expect(await log('gavle')).toMatchObject([{ until: '2027-03-01', text }]);
});

test('the end of a line is one character, as in the box in which it was written', async () => {
	const lines = Array.from({ length: mostCharacters.text / 2 }, () => 'x');
	await add('varberg', { text: lines.join('\r\n') });
	expect(await log('varberg')).toMatchObject([{ text: lines.join('\n') }]);
});

test('what no form of ours sends is refused as a fault', async () => {
	await expect(add('visby', { kind: 'deleted' })).rejects.toThrow('kind');
	await expect(add('visby', { key: '' })).rejects.toThrow('key');
	await expect(add('visby', { who: 'x'.repeat(mostCharacters.who + 1) })).rejects.toThrow('who');
});

test('an identity number in the text or the name is not kept', async () => {
	await add('karlskoga', { text: 'Gäller 19570428-9999 och 570428-9999.', who: 'Maria 195704289999' });
	const [note] = await log('karlskoga');
	expect(note).toMatchObject({ text: 'Gäller … och ….', who: 'Maria …' });
});

test('any words come back as they were written, but for blanks around them', async () => {
	const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((w) => w.trim() !== '');
	await fc.assert(
		fc.asyncProperty(words, async (text) => {
			const added = await add('lund', { kind: 'note', text });
			expect(added).toMatchObject({ note: { text: text.trim() } });
			const [newest] = await log('lund');
			expect(newest?.text).toBe(text.trim());
		}),
		{ numRuns: 30 }
	);
});

describe('in a folder of its own', () => {
	let folder: string;
	let definition: Definition;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'register-'));
		definition = onlyWith(await loadDefinition('data/mfr'), someVariables);
	});
	afterAll(() => rm(folder, { recursive: true }));

	test('notes survive that the register is made anew from its originals', async () => {
		const register = await openRegister(folder, definition);
		await handIn(register, 'REF;BFODDAT\nA1;2026-01-05\n', { unit: unitLike(register, 'kalmar', 'kalmar') });
		const form = written();
		await addNote(register, noted('kalmar'), form, now);
		await addNote(register, noted('kalmar'), written({ kind: 'withdrawn', who: '' }), now);
		await addNote(register, { ...noted('motala'), births: null, severity: null }, written(), now);
		const before = await notesOf(wholeNation, register.db);
		register.db.close();
		expect(before).toHaveLength(3);
		const rebuilt = await rebuild(folder, definition);
		expect(rebuilt).toEqual({ submissions: 1, differences: [], changedCubes: [], kept: undefined });
		const anew = await openRegister(folder, definition);
		expect(await notesOf(wholeNation, anew.db)).toEqual(before);
		// the same form once more is still the same note, and another gets the next number
		await addNote(anew, noted('kalmar'), form, now);
		await addNote(anew, noted('kalmar'), written(), now);
		expect((await notesOf(wholeNation, anew.db, { unit: 'kalmar' })).map(({ number }) => number)).toEqual([
			3, 2, 1
		]);
		anew.db.close();
	});

	test('notes that the register has lost stop its start, and come back when it is made anew', async () => {
		const read = async () => {
			const register = await openRegister(folder, definition);
			const notes = await notesOf(wholeNation, register.db);
			register.db.close();
			return notes;
		};
		const before = await read();
		expect(before.length).toBeGreaterThan(3);
		const old = await openDatabase(join(folder, 'register.duckdb'));
		await old.run('delete from flag_note');
		old.close();
		await expect(read()).rejects.toThrow(LedgerAhead);
		expect(await rebuild(folder, definition)).toMatchObject({ submissions: 1, lost: 'behind' });
		expect(await read()).toEqual(before);
	});
});
