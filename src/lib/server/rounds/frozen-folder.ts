import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Rounds } from './open.ts';
import { sha256 } from './versions.ts';

/** Where the files of an edition lie, as a path in the data folder. */
export const editionPath = (round: string, edition: number) => `rounds/${round}/${edition}`;

/** The folder of an edition. */
export const editionFolder = ({ folder }: Rounds, round: string, edition: number) =>
	join(folder, editionPath(round, edition));

export const versionsName = 'versions.json';

const frozenFile = z.strictObject({
	table: z.string(),
	file: z.string().regex(/^[a-z_]+\.parquet$/),
	rows: z.int(),
	bytes: z.int(),
	sha256: z.string()
});

const written = z.strictObject({
	format: z.literal(1),
	round: z.string(),
	edition: z.int(),
	reason: z.string().nullable(),
	period: z.strictObject({ from: z.string(), to: z.string() }),
	cutOff: z.string(),
	/** The days as of which counts by day were kept. */
	days: z.array(z.string()),
	versions: z.strictObject({
		definition: z.string(),
		texts: z.string(),
		notebook: z.string(),
		program: z.string(),
		entry: z.int()
	}),
	files: z.array(frozenFile)
});

/** What stands beside the frozen figures: what they are of, by what they were frozen, and each file's hash. */
export type FrozenFolder = z.infer<typeof written>;
export type FrozenFile = z.infer<typeof frozenFile>;

/** The text of versions.json. */
export const frozenText = (folder: FrozenFolder) => `${JSON.stringify(written.parse(folder), null, '\t')}\n`;

/** What was frozen is no longer as it was written. */
export class FrozenDamaged extends Error {
	constructor(path: string) {
		super(
			`What was frozen is not as it was written: ${path}. Restore it from a backup, or freeze a new edition.`
		);
		this.name = 'FrozenDamaged';
	}
}

/**
 * Reads the folder `frozen` of an edition and checks every file in it. With `expected`, what stands beside the
 * files must have this hash. Throws FrozenDamaged.
 */
export async function readFrozen(folder: string, expected?: string): Promise<FrozenFolder> {
	const path = join(folder, versionsName);
	const text = await readFile(path).catch(() => undefined);
	if (!text || (expected !== undefined && sha256(text) !== expected)) throw new FrozenDamaged(path);
	const found = written.parse(JSON.parse(text.toString('utf8')));
	for (const { file, sha256: hash } of found.files) {
		const bytes = await readFile(join(folder, file)).catch(() => undefined);
		if (!bytes || sha256(bytes) !== hash) throw new FrozenDamaged(join(folder, file));
	}
	return found;
}
