import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseNotebook, type Notebook } from '#lib/notebook/parse.ts';

const kept = new Map<string, { changed: number; notebook: Notebook }>();

/** There is no such notebook. */
export class NoSuchNotebook extends Error {}

/**
 * The notebook of a name in a folder, read anew when its file has changed. Throws NoSuchNotebook, or a
 * NotebookError that lists its faults.
 */
export async function findNotebook(folder: string, name: string): Promise<Notebook> {
	const file = join(folder, `${name}.md`);
	const found = /^[a-z][a-z0-9-]*$/.test(name) ? await stat(file).catch(() => undefined) : undefined;
	if (!found) throw new NoSuchNotebook(`There is no notebook ${name} in ${folder}.`);
	const before = kept.get(file);
	if (before?.changed === found.mtimeMs) return before.notebook;
	const notebook = parseNotebook(`${name}.md`, await readFile(file, 'utf8'));
	kept.set(file, { changed: found.mtimeMs, notebook });
	return notebook;
}
