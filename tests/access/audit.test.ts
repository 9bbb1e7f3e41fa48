import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { acts, auditEntries, checkChain, forgetOld, record } from '#lib/server/access/audit.ts';
import { openAccess, type Access } from '#lib/server/access/open.ts';
import { freshAccess, hour, morning } from './fresh-access.ts';

let access: Access;
beforeEach(() => {
	access = freshAccess();
});

const day = 24 * hour;
const write = (count: number, at = morning) => {
	for (let each = 0; each < count; each++)
		record(access, { at: at + each, who: `id-${each % 2}`, name: 'Bo Ek', act: 'reportSeen', unit: 'lund' });
};
const sql = (text: string) => access.db.exec(text);
const withoutTriggers = (text: string) =>
	sql(`drop trigger audit_stays; drop trigger audit_is_kept; ${text}`);
const head = () => join(access.folder, 'audit.head');

test('a chain that nobody touched is whole, an empty one too', () => {
	expect(checkChain(access)).toEqual({ whole: true, entries: 0 });
	write(20);
	expect(checkChain(access)).toEqual({ whole: true, entries: 20 });
});

test('no entry can be changed, none deleted that is younger than five years', () => {
	write(3);
	expect(() => sql(`update audit set name = 'Someone'`)).toThrow('never changed');
	expect(() => sql('delete from audit where number = 1')).toThrow('five years');
	expect(checkChain(access)).toEqual({ whole: true, entries: 3 });
});

test('a changed field of any entry is found, whichever it is', () => {
	write(12);
	const values = {
		at: 5,
		who: "'x'",
		name: "'x'",
		act: "'refused'",
		unit: 'null',
		what: "'x'",
		address: "'x'"
	};
	sql('drop trigger audit_stays');
	const entry = fc.integer({ min: 1, max: 12 });
	const field = fc.constantFrom(...Object.entries(values));
	fc.assert(
		fc.property(entry, field, (number, [name, value]) => {
			sql(`create temp table before as select * from audit where number = ${number}`);
			sql(`update audit set ${name} = ${value} where number = ${number}`);
			expect(checkChain(access)).toEqual({ whole: false, at: number, why: 'changed' });
			sql(`update audit set ${name} = (select ${name} from before) where number = ${number}`);
			sql('drop table before');
		}),
		{ numRuns: 40 }
	);
	expect(checkChain(access).whole).toBe(true);
});

test('an entry that is gone is found: in the middle, at the beginning and at the end', () => {
	write(6);
	sql('begin');
	withoutTriggers('delete from audit where number = 4');
	expect(checkChain(access)).toEqual({ whole: false, at: 4, why: 'missing' });
	sql('rollback; begin');
	withoutTriggers('delete from audit where number <= 2');
	expect(checkChain(access)).toEqual({ whole: false, at: 1, why: 'missing' });
	sql('rollback; begin');
	withoutTriggers('delete from audit where number >= 5');
	expect(checkChain(access)).toEqual({ whole: false, at: 6, why: 'head' });
	sql('rollback; begin');
	withoutTriggers('delete from audit');
	expect(checkChain(access)).toEqual({ whole: false, at: 6, why: 'head' });
	sql('rollback');
	expect(checkChain(access).whole).toBe(true);
});

test('a cut end stays found, whatever is written after it', () => {
	write(6);
	withoutTriggers('delete from audit where number >= 5');
	write(1);
	expect(checkChain(access)).toEqual({ whole: false, at: 6, why: 'head' });
	write(5);
	expect(checkChain(access)).toEqual({ whole: false, at: 6, why: 'changed' });
});

test('entries written anew with hashes that fit are found by the head outside the file', () => {
	write(4);
	const written = readFileSync(head(), 'utf8');
	withoutTriggers('delete from audit');
	sql('delete from account');
	write(4, morning + 1);
	expect(readFileSync(head(), 'utf8')).toBe(written);
	expect(checkChain(access)).toEqual({ whole: false, at: 4, why: 'changed' });
});

test('a head that is changed, unreadable or gone is found, also after more has been written', () => {
	write(3);
	const written = readFileSync(head(), 'utf8');
	const last = access.db.prepare('select hash from audit where number = 3').get()?.hash;
	writeFileSync(head(), written.replace(String(last), 'f'.repeat(64)));
	expect(checkChain(access)).toEqual({ whole: false, at: 3, why: 'changed' });
	writeFileSync(head(), 'nonsense');
	expect(checkChain(access)).toEqual({ whole: false, at: 0, why: 'head' });
	rmSync(head());
	write(1);
	openAccess(access.folder).close();
	expect(checkChain(access)).toEqual({ whole: false, at: 0, why: 'head' });
});

test('accounts that are taken away and begun anew do not look like an audit that is whole', () => {
	write(3);
	for (const end of ['', '-wal', '-shm'])
		rmSync(join(access.folder, `accounts.sqlite${end}`), { force: true });
	const anew = openAccess(access.folder);
	record(anew, { at: morning, who: null, name: 'x', act: 'refused' });
	expect(checkChain(anew)).toEqual({ whole: false, at: 3, why: 'head' });
	anew.close();
});

test('entries that were written before the head could be are no fault, and the head catches up', () => {
	write(3);
	const behind = readFileSync(head(), 'utf8');
	write(2);
	writeFileSync(head(), behind);
	expect(checkChain(access)).toEqual({ whole: true, entries: 5 });
	write(1);
	expect(JSON.parse(readFileSync(head(), 'utf8'))).toMatchObject({ last: { number: 6 } });
});

test('two processes write one chain', () => {
	const other = openAccess(access.folder);
	for (let each = 0; each < 10; each++)
		record(each % 2 ? access : other, { at: morning, who: null, name: 'x', act: 'refused' });
	other.close();
	expect(checkChain(access)).toEqual({ whole: true, entries: 10 });
});

test('after five years entries are forgotten, the oldest first, and the rest is still a whole chain', () => {
	const fiveYears = Date.parse('2031-11-02T08:00:00Z') - morning;
	write(10);
	write(5, morning + 100 * day);
	expect(forgetOld(access, morning + fiveYears)).toBe(0);
	write(1, morning + fiveYears + 2 * day);
	expect(forgetOld(access, morning + fiveYears)).toBe(0);
	expect(forgetOld(access, morning + fiveYears + 2 * day)).toBe(10);
	expect(checkChain(access)).toEqual({ whole: true, entries: 6 });
	expect(auditEntries(access, { limit: 1, offset: 5 }).entries[0]?.number).toBe(11);
	write(2, morning + fiveYears + 3 * day);
	expect(checkChain(access)).toEqual({ whole: true, entries: 8 });
	withoutTriggers('delete from audit where number = 11');
	expect(checkChain(access)).toEqual({ whole: false, at: 11, why: 'missing' });
});

test('an entry of a moved clock does not free younger ones before it', () => {
	write(1, morning);
	write(1, morning - 10 * 366 * day);
	write(1, morning);
	expect(forgetOld(access, morning)).toBe(0);
});

test('a forgetting that was cut short leaves a whole chain', () => {
	const later = morning + 6 * 366 * day;
	write(4);
	write(2, later);
	const before = access.db.prepare('select number, hash from audit where number = 4').get();
	const written = JSON.parse(readFileSync(head(), 'utf8'));
	writeFileSync(head(), JSON.stringify({ ...written, before }));
	expect(checkChain(access)).toEqual({ whole: true, entries: 2 });
	expect(forgetOld(access, later)).toBe(4);
	expect(checkChain(access)).toEqual({ whole: true, entries: 2 });
});

test('entries are asked for by Swedish day, person, act and unit, the newest first', () => {
	const at = (text: string) => Date.parse(text);
	const add = (moment: string, more: Partial<Parameters<typeof record>[1]>) =>
		record(access, { at: at(moment), who: 'bo', name: 'Bo Ek', act: 'reportSeen', ...more });
	add('2026-01-31T22:59:59Z', { unit: 'lund' });
	add('2026-01-31T23:00:00Z', { unit: 'lund', act: 'reportFetched' });
	add('2026-07-01T21:59:59Z', { unit: 'umea', who: 'anna' });
	add('2026-07-01T22:00:00Z', { what: 'anything', address: '192.0.2.1' });
	const numbers = (filter: Partial<Parameters<typeof auditEntries>[1]>) =>
		auditEntries(access, { limit: 10, offset: 0, ...filter }).entries.map(({ number }) => number);
	expect(numbers({})).toEqual([4, 3, 2, 1]);
	expect(numbers({ from: '2026-02-01' })).toEqual([4, 3, 2]);
	expect(numbers({ to: '2026-01-31' })).toEqual([1]);
	expect(numbers({ from: '2026-07-01', to: '2026-07-01' })).toEqual([3]);
	expect(numbers({ from: '2026-07-02', to: '2026-07-02' })).toEqual([4]);
	expect(numbers({ who: 'anna' })).toEqual([3]);
	expect(numbers({ act: 'reportFetched' })).toEqual([2]);
	expect(numbers({ unit: 'lund' })).toEqual([2, 1]);
	expect(auditEntries(access, { unit: 'lund', limit: 1, offset: 1 })).toEqual({
		entries: [
			{
				number: 1,
				at: at('2026-01-31T22:59:59Z'),
				who: 'bo',
				name: 'Bo Ek',
				act: 'reportSeen',
				unit: 'lund',
				what: null,
				address: null
			}
		],
		total: 2
	});
});

test('every act can be recorded and read again', () => {
	for (const act of acts) record(access, { at: morning, who: null, name: 'x', act });
	const { entries } = auditEntries(access, { limit: 100, offset: 0 });
	expect(entries.map(({ act }) => act).toReversed()).toEqual([...acts]);
});

test('a text that is cut in the middle of a character leaves the chain whole', () => {
	record(access, { at: morning, who: null, name: 'x\ud800', act: 'refused', what: `${'x'.repeat(499)}😀` });
	expect(checkChain(access)).toEqual({ whole: true, entries: 1 });
});

test('no identity number is kept, whatever is told', () => {
	// the tax agency's official test numbers
	const told = 'barn_19570428-9999.csv 195704289999 570428-9999';
	record(access, { at: morning, who: null, name: told, act: 'handedIn', what: told });
	const kept = JSON.stringify(auditEntries(access, { limit: 1, offset: 0 }).entries);
	expect(kept).toContain('barn_');
	expect(kept).not.toMatch(/9999/);
	record(access, { at: morning, who: null, name: 'x', act: 'refused', what: 'y'.repeat(9000) });
	expect(auditEntries(access, { limit: 1, offset: 0 }).entries[0]?.what).toHaveLength(500);
});
