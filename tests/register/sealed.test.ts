import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	keepOriginalKeys,
	makeOriginalKeys,
	KeyMissing,
	originalKeys,
	withNewKey
} from '#lib/server/register/original-keys.ts';
import {
	DiskFull,
	openOriginal,
	OriginalLost,
	readOriginal,
	storeOriginal,
	type Original
} from '#lib/server/register/original.ts';
import { rotateKey } from '#lib/server/register/rotate-key.ts';
import { plainBytes } from '#lib/server/register/sealed.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { emptyRegister, someVariables } from './empty-register.ts';

let made: Awaited<ReturnType<typeof emptyRegister>>;
beforeAll(async () => (made = await emptyRegister('data/mfr', someVariables)));
afterAll(() => made.remove());

const chunk = 2 ** 18;
const header = 44;
const tag = 16;

const store = (...pieces: Buffer[]) => storeOriginal(made.folder, Readable.from(pieces));
async function read(original: Parameters<typeof readOriginal>[1]): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of readOriginal(made.folder, original)) pieces.push(piece);
	return Buffer.concat(pieces);
}

test.for([0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 7])(
	'%i bytes come back as they were, and none of them lies readable on the disk',
	async (length) => {
		const bytes = randomBytes(length);
		const original = await store(bytes.subarray(0, 1000), bytes.subarray(1000));
		expect(original.bytes).toBe(length);
		expect((await read(original)).equals(bytes)).toBe(true);
		const stored = await readFile(original.path);
		expect(plainBytes(stored.length)).toBe(length);
		if (length > 100) expect(stored.includes(bytes.subarray(10, 42))).toBe(false);
		expect((await stat(original.path)).mode & 0o777).toBe(0o600);
	}
);

test('what is cut, moved, changed or put together of two does not open', async () => {
	const [one, other] = [await store(randomBytes(2 * chunk + 500)), await store(randomBytes(2 * chunk + 500))];
	const [whole, second] = [await readFile(one.path), await readFile(other.path)];
	const part = (from: Buffer, n: number) =>
		from.subarray(header + n * (chunk + tag), header + (n + 1) * (chunk + tag));
	const head = whole.subarray(0, header);
	const flipped = (at: number) => {
		const bytes = Buffer.from(whole);
		bytes[at] = (bytes[at] ?? 0) ^ 1;
		return bytes;
	};
	const wrong = {
		'cut in a chunk': whole.subarray(0, whole.length - 1),
		'cut after a chunk': Buffer.concat([head, part(whole, 0), part(whole, 1)]),
		'cut before the first chunk': head,
		'cut in the header': whole.subarray(0, 20),
		empty: Buffer.alloc(0),
		'chunks in another order': Buffer.concat([head, part(whole, 1), part(whole, 0), part(whole, 2)]),
		'a chunk twice': Buffer.concat([head, part(whole, 0), part(whole, 0), part(whole, 2)]),
		'a chunk of another': Buffer.concat([head, part(whole, 0), part(second, 1), part(whole, 2)]),
		'the header of another': Buffer.concat([second.subarray(0, header), whole.subarray(header)]),
		'more behind the last': Buffer.concat([whole, Buffer.from('x')]),
		'another as a whole': second,
		'a plain file': Buffer.from('REF;BFODDAT\nA1;2026-01-05\n'.repeat(10)),
		'a bit of the format': flipped(2),
		'a bit of the salt': flipped(30),
		'a bit of a text': flipped(header + 5),
		'a bit of a tag': flipped(whole.length - 1)
	};
	for (const [how, bytes] of Object.entries(wrong)) {
		await writeFile(one.path, bytes);
		await expect(read(one), how).rejects.toThrow(OriginalLost);
		await expect(read(one), how).rejects.toThrow('is damaged');
	}
	await rm(one.path);
	await expect(read(one)).rejects.toThrow('is missing');
});

test('an original that is read has no name on the disk, and is the whole file', async () => {
	const bytes = randomBytes(chunk + 10);
	const plain = await openOriginal(made.folder, await store(bytes));
	expect((await readFile(plain.path)).equals(bytes)).toBe(true);
	const names = await readdir(join(made.folder, 'originals'));
	expect(names.filter((name) => !/^[0-9a-f]{2}$/.test(name))).toEqual([]);
	await plain.close();
});

test('by another key an original is told by the id of its own; new ones go by the new key', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'register-'));
	try {
		const register = await openRegister(folder, made.register.definition, { fileName: null });
		register.db.close();
		expect((await stat(join(folder, 'originals.key'))).mode & 0o777).toBe(0o600);
		const keys = await originalKeys(folder);
		const original = await storeOriginal(folder, Readable.from([Buffer.from('REF\n')]));
		const newer = withNewKey(keys);
		await keepOriginalKeys(folder, newer);
		const opened = await openOriginal(folder, original);
		await opened.close();
		const { [newer.current]: only } = newer.keys;
		await keepOriginalKeys(folder, { current: newer.current, keys: { [newer.current]: only as Buffer } });
		await expect(openOriginal(folder, original)).rejects.toThrow(KeyMissing);
		await rm(join(folder, 'originals.key'));
		// a new key would hide that the old one is lost
		await expect(openRegister(folder, made.register.definition, { fileName: null })).rejects.toThrow(
			/originals\.key is missing/
		);
	} finally {
		await rm(folder, { recursive: true });
	}
});

test('with too little room nothing is taken in', async () => {
	const before = await readdir(join(made.folder, 'originals'), { recursive: true });
	const source = Readable.from([Buffer.from('REF\n')]);
	await expect(storeOriginal(made.folder, source, { leastFree: 2 ** 60 })).rejects.toThrow(DiskFull);
	expect(await readdir(join(made.folder, 'originals'), { recursive: true })).toEqual(before);
});

test('a new key seals every original, also after a rotation that was killed, and the old key is gone', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'register-'));
	try {
		await mkdir(join(folder, 'originals'));
		await makeOriginalKeys(folder);
		const texts = ['REF\nA\n', 'REF\nB\n', 'x'.repeat(chunk + 3)];
		const originals: Original[] = [];
		for (const text of texts) originals.push(await storeOriginal(folder, Readable.from([Buffer.from(text)])));
		const [first, , damaged] = originals as [Original, Original, Original];
		const before = await originalKeys(folder);
		const bytes = await readFile(damaged.path);
		await writeFile(damaged.path, bytes.subarray(1));
		await expect(rotateKey(folder)).rejects.toThrow('is damaged');
		expect(Object.keys((await originalKeys(folder)).keys)).toHaveLength(2);
		await writeFile(damaged.path, bytes);
		const steps: number[] = [];
		const rotated = await rotateKey(folder, (done, total) => steps.push(done / total));
		expect(rotated.originals).toBe(3);
		expect(steps.at(-1)).toBe(1);
		const after = await originalKeys(folder);
		expect(Object.keys(after.keys)).toEqual([rotated.key]);
		expect(Object.keys(before.keys)).not.toContain(rotated.key);
		for (const [at, original] of originals.entries()) {
			const plain = await openOriginal(folder, original);
			expect(await readFile(plain.path, 'utf8')).toBe(texts[at]);
			await plain.close();
		}
		await keepOriginalKeys(folder, before);
		await expect(openOriginal(folder, first)).rejects.toThrow(KeyMissing);
	} finally {
		await rm(folder, { recursive: true });
	}
});
