import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNotebook, type Notebook } from '#lib/notebook/parse.ts';

/** A notebook from a file, and a fingerprint of what the file says. */
export type FoundNotebook = Notebook & { fingerprint: string };

const kept = new Map<string, { changed: number; notebook: FoundNotebook }>();

/** There is no such notebook. */
export class NoSuchNotebook extends Error {}

/**
 * The notebook of a name in a folder, read anew when its file has changed. Throws NoSuchNotebook, or a
 * NotebookError that lists its faults.
 */
export async function findNotebook(folder: string, name: string): Promise<FoundNotebook> {
	const file = join(folder, `${name}.md`);
	const found = /^[a-z][a-z0-9-]*$/.test(name) ? await stat(file).catch(() => undefined) : undefined;
	if (!found) throw new NoSuchNotebook(`There is no notebook ${name} in ${folder}.`);
	const before = kept.get(file);
	if (before?.changed === found.mtimeMs) return before.notebook;
	const written = await readFile(file, 'utf8');
	const fingerprint = createHash('sha256').update(written).digest('hex');
	const notebook = { ...parseNotebook(`${name}.md`, written), fingerprint };
	kept.set(file, { changed: found.mtimeMs, notebook });
	return notebook;
}
