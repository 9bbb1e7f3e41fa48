import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDraft, findOnShelf, type Author, type Shelf } from './shelf.ts';
import { isName } from './shelf-name.ts';

/** A notebook's text, and where it comes from. */
export type WrittenNotebook = {
	name: string;
	text: string;
	/** The product's are read and never written; the installation's have versions. */
	of: 'product' | 'installation';
	/** Null for the product's, whose versions are the program's, and for a draft. */
	version: number | null;
	/** Whether nothing newer is published. */
	isLast: boolean;
	/** When it was published (ms since 1970), by whom, why; null where it was not. */
	published: { at: number; by: string; note: string } | null;
	isDraft: boolean;
};

/**
 * The notebook of a name: the product's, else the installation's in its last version; or of the latter the asked version,
 * or the draft that somebody has. Undefined for what there is not. Throws NotebookDamaged.
 */
export async function findWritten(
	shelf: Shelf,
	name: string,
	{ version, draftOf }: { version?: number | undefined; draftOf?: Author | undefined } = {}
): Promise<WrittenNotebook | undefined> {
	if (!isName(name)) return undefined;
	const kept = { name, of: 'installation', version: null, isLast: true, published: null } as const;
	if (draftOf) {
		const draft = await findDraft(shelf, draftOf, name);
		return draft && { ...kept, text: draft.text, isDraft: true };
	}
	// a name that the program has taken since is the program's; what was published under it has its versions still
	const product =
		version === undefined
			? await readFile(join(shelf.product, `${name}.md`), 'utf8').catch(() => undefined)
			: undefined;
	if (product !== undefined) return { ...kept, of: 'product', text: product, isDraft: false };
	const found = await findOnShelf(shelf, name, version);
	if (!found) return undefined;
	const { text, isLast, publishedAt: at, by, note } = found;
	const published = { at, by: by.name, note };
	return { ...kept, text, version: found.version, isLast, published, isDraft: false };
}
