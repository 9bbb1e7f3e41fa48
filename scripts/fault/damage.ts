import { existsSync } from 'node:fs';
import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from '../demo/random.ts';

/** Cuts a file at a random byte; says where. */
export async function cut(folder: string, name: string, random: Random): Promise<string> {
	const path = join(folder, name);
	if (!existsSync(path)) return `no ${name}`;
	const { size } = await stat(path);
	const at = random.whole(0, Math.max(0, size - 1));
	await truncate(path, at);
	return `${name} of ${size} bytes cut at ${at}`;
}

/** Turns random bits of a file over; says where. */
export async function flip(folder: string, name: string, random: Random): Promise<string> {
	const path = join(folder, name);
	if (!existsSync(path)) return `no ${name}`;
	const bytes = await readFile(path);
	if (bytes.length === 0) return `${name} is empty`;
	const places = Array.from({ length: random.whole(1, 4) }, () => random.whole(0, bytes.length - 1));
	for (const place of places) bytes[place] = (bytes[place] ?? 0) ^ (1 << random.whole(0, 7));
	await writeFile(path, bytes);
	return `${name} of ${bytes.length} bytes: a bit turned at ${places.join(', ')}`;
}

/** Takes a file away; says so. */
export async function remove(folder: string, name: string): Promise<string> {
	const isThere = existsSync(join(folder, name));
	await rm(join(folder, name), { force: true });
	return isThere ? `${name} is gone` : `no ${name}`;
}

/** Cuts the last line of a file in its middle, as a kill does; says where. */
export async function tear(folder: string, name: string, random: Random): Promise<string> {
	const path = join(folder, name);
	const bytes = await readFile(path);
	const line = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
	if (line >= bytes.length) return `${name} is empty`;
	const at = random.whole(line, bytes.length - 1);
	await truncate(path, at);
	return `the last line of ${name} cut at ${at}`;
}
