import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Text } from '#lib/catalogue/text.ts';
import { glance } from './glance.ts';
import { hashOfText, noneIfMissing } from './shelf-files.ts';
import { isName } from './shelf-name.ts';
import { openDrafts } from './shelf-draft.ts';
import {
	findOnShelf,
	NotebookDamaged,
	removedOf,
	textOf,
	versionsIn,
	type Author,
	type Shelf,
	type Version
} from './shelf-versions.ts';

/** A notebook as a list tells of it. */
export type ListedNotebook = {
	name: string;
	title: Text;
	authors: readonly string[];
	/** How many faults its text has, before anything is asked of the register. */
	faults: number;
	/** The last version; null for the product's, whose versions are the program's. */
	last: Pick<Version, 'number' | 'at' | 'by' | 'note'> | null;
	/** Whether the asking account has a draft. */
	hasDraft: boolean;
	/** How many others have one. */
	otherDrafts: number;
	/** Who set it aside, and when. */
	removed: { at: number; by: Author } | null;
	/** What is wrong with its files, when it cannot be read. */
	problem: string | null;
};

/** The notebooks that there are; each list in the order of its titles. */
export type Listed = { own: ListedNotebook[]; product: ListedNotebook[]; removed: ListedNotebook[] };

/** The installation's notebooks, the product's, and the installation's that are set aside, as one account sees them. */
export async function listShelf(shelf: Shelf, account: Author): Promise<Listed> {
	const [entries, files] = await Promise.all([
		readdir(shelf.folder, { withFileTypes: true }).catch(noneIfMissing),
		readdir(shelf.product)
	]);
	const names = entries.flatMap((entry) => (entry.isDirectory() && isName(entry.name) ? [entry.name] : []));
	const own = (await Promise.all(names.map((name) => listOwn(shelf, account, name)))).flat();
	const product = await Promise.all(
		files
			.flatMap((file) => /^([a-z0-9-]+)\.md$/.exec(file)?.[1] ?? [])
			.filter((name) => name !== 'starter')
			.map((name) => listProduct(shelf, name))
	);
	return {
		own: byTitle(own.filter(({ removed }) => !removed)),
		product: byTitle(product),
		removed: byTitle(own.filter(({ removed }) => removed))
	};
}

/** The title of a notebook of the installation, as its last version has it; its name where there is none. */
export async function titleOnShelf(shelf: Shelf, name: string): Promise<Text> {
	const found = await findOnShelf(shelf, name);
	return found ? glance(name, found.text, hashOfText(found.text)).title : { sv: name, en: name };
}

const byTitle = (list: ListedNotebook[]) => {
	const { compare } = new Intl.Collator('sv', { numeric: true });
	return list.toSorted((a, b) => compare(a.title.sv, b.title.sv) || compare(a.name, b.name));
};

const blank = {
	authors: [],
	faults: 0,
	last: null,
	hasDraft: false,
	otherDrafts: 0,
	removed: null,
	problem: null
};

async function listProduct({ product }: Shelf, name: string): Promise<ListedNotebook> {
	const text = await readFile(join(product, `${name}.md`), 'utf8');
	return { ...blank, name, ...glance(name, text, hashOfText(text)) };
}

/** A notebook of the shelf; none for a folder in which nothing was published. One that is damaged says so. */
async function listOwn({ folder }: Shelf, account: Author, name: string): Promise<ListedNotebook[]> {
	const place = join(folder, name);
	try {
		const [versions, removed] = await Promise.all([versionsIn(place), removedOf(place)]);
		const version = versions.at(-1);
		if (!version) return [];
		const { number, at, by, note } = version;
		const [text, drafts] = await Promise.all([textOf(place, version), openDrafts(place)]);
		const hasDraft = drafts.delete(account.id);
		return [
			{
				...blank,
				name,
				...glance(name, text, version.sha256),
				last: { number, at, by, note },
				hasDraft,
				otherDrafts: drafts.size,
				removed: removed ?? null
			}
		];
	} catch (error) {
		if (!(error instanceof NotebookDamaged)) throw error;
		return [{ ...blank, name, title: { sv: name, en: name }, problem: error.message }];
	}
}
