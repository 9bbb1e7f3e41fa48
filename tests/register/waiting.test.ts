import { existsSync } from 'node:fs';
import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeOriginal } from '#lib/server/register/original.ts';
import { endWaiting, findWaiting, markWaiting, removeAbandoned } from '#lib/server/register/waiting.ts';
import { emptyRegister, handIn, someVariables, unitLike } from './empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => {
	made = await emptyRegister('data/mfr', someVariables);
});
afterAll(() => made.remove());

const marks = async () =>
	(await readdir(join(made.folder, 'originals'))).filter((name) => name.startsWith('waiting-'));

async function upload(text: string) {
	const original = await storeOriginal(made.folder, Readable.from([Buffer.from(text)]));
	await markWaiting(made.folder, original, 'ann');
	return original;
}

/** As if it had been uploaded so many hours ago. */
async function age(sha256: string, hours: number) {
	const path = join(made.folder, 'originals', (await marks()).find((name) => name.includes(sha256)) ?? '');
	const then = (await stat(path)).mtimeMs / 1000 - hours * 3600;
	await utimes(path, then, then);
}

test('an original waits from its upload until it is received', async () => {
	const text = 'REF;BFODDAT\nW1;2026-01-02\n';
	const { sha256, bytes } = await upload(text);
	expect(await findWaiting(made.folder, sha256, 'ann')).toMatchObject({ sha256, bytes });
	await handIn(made.register, text, { unit: unitLike(made.register, 'waited') });
	await endWaiting(made.register.db, made.folder, sha256, 'ann');
	expect(await findWaiting(made.folder, sha256, 'ann')).toBeUndefined();
});

test('a stored original that nobody has just uploaded is not found waiting', async () => {
	const original = await storeOriginal(made.folder, Readable.from([Buffer.from('REF\n')]));
	expect(await findWaiting(made.folder, original.sha256, 'ann')).toBeUndefined();
});

test('an original waits for the account that sent it over, and ends to wait for each alone', async () => {
	const { sha256, path } = await upload('REF;BFODDAT\nW7;2026-01-02\n');
	expect(await findWaiting(made.folder, sha256, 'eva')).toBeUndefined();
	expect(await findWaiting(made.folder, sha256, '')).toBeUndefined();
	await markWaiting(made.folder, { sha256, path, bytes: 0 }, 'eva');
	await endWaiting(made.register.db, made.folder, sha256, 'ann');
	expect(await findWaiting(made.folder, sha256, 'ann')).toBeUndefined();
	expect(await findWaiting(made.folder, sha256, 'eva')).toMatchObject({ sha256 });
	await endWaiting(made.register.db, made.folder, sha256, 'eva');
	expect(existsSync(path)).toBe(false);
});

test('an original that was not received in the end is removed', async () => {
	const { path, sha256 } = await upload('REF;BFODDAT\nW2;2026-01-02\n');
	await endWaiting(made.register.db, made.folder, sha256, 'ann');
	expect(existsSync(path)).toBe(false);
});

test('what has waited for more than a day goes with the next upload; the ledger keeps its own', async () => {
	const text = 'REF;BFODDAT\nW3;2026-01-02\n';
	const received = await upload(text);
	await handIn(made.register, text, { unit: unitLike(made.register, 'kept') });
	const abandoned = await upload('REF;BFODDAT\nW4;2026-01-02\n');
	const recent = await upload('REF;BFODDAT\nW5;2026-01-02\n');
	await age(received.sha256, 25);
	await age(abandoned.sha256, 25);
	await age(recent.sha256, 23);
	const arrived = await upload('REF;BFODDAT\nW6;2026-01-02\n');
	await removeAbandoned(made.register.db, made.folder, arrived, 'ann');
	expect([received, abandoned, recent, arrived].map(({ path }) => existsSync(path))).toEqual([
		true,
		false,
		true,
		true
	]);
	const left = (await marks()).map((name) => name.slice('waiting-'.length).split('-')[0]);
	expect(left.sort()).toEqual([recent, arrived].map(({ sha256 }) => sha256).sort());
});

test('an upload that breaks off leaves nothing behind', async () => {
	const before = await readdir(join(made.folder, 'originals'), { recursive: true });
	const broken = new Readable({
		read() {
			this.push('REF;BFODDAT\n');
			this.destroy(new Error('The connection was lost.'));
		}
	});
	await expect(storeOriginal(made.folder, broken)).rejects.toThrow('The connection was lost.');
	expect(await readdir(join(made.folder, 'originals'), { recursive: true })).toEqual(before);
});
