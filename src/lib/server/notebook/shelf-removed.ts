import { rename } from 'node:fs/promises';
import { codeOf, putFile, removedPath } from './shelf-files.ts';
import { isoOf, nameOf, onNotebook, removedOf, type Author, type Shelf } from './shelf-versions.ts';

/** Sets a notebook aside, with all its versions and drafts. Gives whether there was one to set aside. */
export async function removeNotebook(
	shelf: Shelf,
	account: Author,
	name: string,
	instant: number
): Promise<boolean> {
	const done = await onNotebook(shelf, name, async (place) => {
		await putFile(removedPath(place), `${JSON.stringify({ at: isoOf(instant), by: nameOf(account) })}\n`);
		return true;
	});
	return done ?? false;
}

/** Brings back a notebook that was set aside. Gives whether there was one. */
export async function bringBack(shelf: Shelf, name: string): Promise<boolean> {
	const done = await onNotebook(
		shelf,
		name,
		async (place) => {
			if (!(await removedOf(place))) return false;
			// who had set it aside stays readable
			await rename(removedPath(place), `${removedPath(place)}.before`).catch((error: unknown) => {
				if (codeOf(error) !== 'ENOENT') throw error;
			});
			return true;
		},
		{ removed: true }
	);
	return done ?? false;
}
