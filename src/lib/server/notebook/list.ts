import { readdir } from 'node:fs/promises';
import { NotebookError } from '#lib/notebook/fault.ts';
import { findNotebook, type FoundNotebook } from './find.ts';

/** A notebook of a folder: as it is found, or what is wrong with it. */
export type ListedNotebook = { name: string; notebook: FoundNotebook } | { name: string; problem: string };

/** The notebooks of a folder by name. One that cannot be read is listed with its faults: nobody is to miss it. */
export async function listNotebooks(folder: string): Promise<ListedNotebook[]> {
	const files = (await readdir(folder)).filter((file) => /^[a-z][a-z0-9-]*\.md$/.test(file)).sort();
	return Promise.all(
		files.map(async (file): Promise<ListedNotebook> => {
			const name = file.slice(0, -'.md'.length);
			try {
				return { name, notebook: await findNotebook(folder, name) };
			} catch (error) {
				if (!(error instanceof NotebookError)) throw error;
				return { name, problem: error.message };
			}
		})
	);
}
