import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
	hashOfText,
	inTurn,
	makeFolder,
	putFile,
	putNewFile,
	removedPath,
	removeUnfinished,
	undefinedIfMissing,
	versionPath,
	versionsPath
} from './shelf-files.ts';
import { isName } from './shelf-name.ts';

/** Where the installation's notebooks lie, and the product's, whose names they cannot have. */
export type Shelf = { readonly folder: string; readonly product: string };

/** The shelf in a folder; it is made when the first notebook is put there. */
export const openShelf = (folder: string, product: string): Shelf => ({ folder, product });

/** The largest notebook, in bytes of UTF-8. */
export const mostBytes = 2 ** 20;

/** Who writes: an account, of which the name is kept as it was. */
export type Author = { id: string; name: string };

/** A published version: its number from 1, when (ms since 1970), by whom, why, and which version it was made of. */
export type Version = {
	number: number;
	at: number;
	by: Author;
	note: string;
	sha256: string;
	basedOn: number;
};

/** A notebook as one of its versions says; `isLast` is whether nothing newer is published. */
export type ShelvedNotebook = {
	name: string;
	text: string;
	version: number;
	isLast: boolean;
	publishedAt: number;
	by: Author;
	note: string;
};

/** What lies on the shelf is not as it was published. */
export class NotebookDamaged extends Error {
	constructor(path: string) {
		super(`${path} is not as it was published. Put that file back from a backup.`);
		this.name = 'NotebookDamaged';
	}
}

/** A moment as it is written for people, read as ms since 1970. */
export const moment = z.iso.datetime().transform((written) => Date.parse(written));
export const author = z.strictObject({ id: z.string(), name: z.string() });

const line = z.strictObject({
	number: z.int().positive(),
	at: moment,
	by: author,
	note: z.string(),
	sha256: z.string(),
	basedOn: z.int().nonnegative()
});

/** Where a notebook lies; undefined for a name that none can have, so that no path leads out of the folder. */
export const placeFor = ({ folder }: Shelf, name: string): string | undefined =>
	isName(name) ? join(folder, name) : undefined;

/**
 * The published versions of a notebook, the first one first; empty where there is no such notebook, or it is set
 * aside and `removed` is not asked for. Throws NotebookDamaged.
 */
export async function history(shelf: Shelf, name: string, { removed = false } = {}): Promise<Version[]> {
	const place = placeFor(shelf, name);
	if (place === undefined || (!removed && (await removedOf(place)))) return [];
	return versionsIn(place);
}

/** As `history`, of a notebook's folder. */
export async function versionsIn(place: string): Promise<Version[]> {
	const path = versionsPath(place);
	const written = await readFile(path, 'utf8').catch(undefinedIfMissing);
	if (written === undefined) return [];
	try {
		const versions = written
			.split('\n')
			.filter(Boolean)
			.map((each) => line.parse(JSON.parse(each)));
		if (versions.length && versions.every(({ number }, at) => number === at + 1)) return versions;
	} catch (error) {
		if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
	}
	throw new NotebookDamaged(path);
}

/** A version of a notebook of the installation, the last one if none is named; undefined where there is none. */
export async function findOnShelf(
	shelf: Shelf,
	name: string,
	number?: number
): Promise<ShelvedNotebook | undefined> {
	const versions = await history(shelf, name);
	const version = number === undefined ? versions.at(-1) : versions[number - 1];
	const place = placeFor(shelf, name);
	if (!version || place === undefined) return undefined;
	const { at, by, note } = version;
	const text = await textOf(place, version);
	return {
		name,
		text,
		version: version.number,
		isLast: version === versions.at(-1),
		publishedAt: at,
		by,
		note
	};
}

/**
 * The text of a notebook as it stands, the product's or else the installation's: what another one includes, or a copy
 * begins as. Undefined where there is none. Throws NotebookDamaged.
 */
export async function readAny(shelf: Shelf, name: string): Promise<string | undefined> {
	if (!isName(name)) return undefined;
	const text = await readFile(join(shelf.product, `${name}.md`), 'utf8').catch(undefinedIfMissing);
	return text === undefined ? (await findOnShelf(shelf, name))?.text : plainText(text);
}

/** The text of a published version. Throws NotebookDamaged. */
export async function textOf(place: string, { number, sha256 }: Version): Promise<string> {
	const path = versionPath(place, number);
	const text = await readFile(path, 'utf8').catch(undefinedIfMissing);
	if (text === undefined || hashOfText(text) !== sha256) throw new NotebookDamaged(path);
	return text;
}

const removal = z.strictObject({ at: moment, by: author });

/** Who set a notebook aside, and when; undefined where nobody has. */
export async function removedOf(place: string): Promise<{ at: number; by: Author } | undefined> {
	const written = await readFile(removedPath(place), 'utf8').catch(undefinedIfMissing);
	return written === undefined ? undefined : removal.parse(JSON.parse(written));
}

/** What is told of a new version besides its number, its text and what that is made of. */
export type NewVersion = { by: Author; note: string; basedOn: number };

/**
 * Puts a new version behind those that there are. Its text is on the disk before the list names it: a process that
 * is killed in between has published nothing. Runs in the notebook's turn.
 */
export async function addVersion(
	place: string,
	versions: readonly Version[],
	text: string,
	{ by, note, basedOn }: NewVersion,
	instant: number
): Promise<Version> {
	const number = versions.length + 1;
	const written = { by: nameOf(by), note: plainNote(note), sha256: hashOfText(text), basedOn };
	const version = { number, at: instant, ...written };
	await makeFolder(join(place, 'versions'));
	const path = versionPath(place, number);
	// a file that is there already was being published when the process was killed
	if (!(await putNewFile(path, text))) await putFile(path, text);
	const lines = [...versions, version].map((each) => JSON.stringify({ ...each, at: isoOf(each.at) }));
	await putFile(versionsPath(place), `${lines.join('\n')}\n`);
	return version;
}

/** What is kept of an account: not its address, its role or its units. */
export const nameOf = ({ id, name }: Author): Author => ({ id, name });

/** A moment, ms since 1970, as it is written for people. */
export const isoOf = (instant: number) => new Date(instant).toISOString();

/** A note as one line of at most 300 letters. */
const plainNote = (note: string) =>
	note
		.normalize('NFC')
		.replace(/[\s\p{C}]+/gu, ' ')
		.trim()
		.slice(0, 300)
		.toWellFormed();

/** A text as it is kept: lines end in LF, and there is nothing in it that UTF-8 or a reader has no place for. */
export const plainText = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed();

/** Whether a text is small enough to be kept. */
export const fits = (text: string) => Buffer.byteLength(text) <= mostBytes;

/** Does work on a notebook in its turn, on what a process left whole; undefined where it is not on the shelf. */
export async function onNotebook<T>(
	shelf: Shelf,
	name: string,
	work: (place: string, versions: readonly Version[]) => Promise<T>,
	{ removed = false } = {}
): Promise<T | undefined> {
	const place = placeFor(shelf, name);
	if (place === undefined) return undefined;
	return inTurn(place, async () => {
		const versions = await history(shelf, name, { removed });
		if (!versions.length) return undefined;
		await removeUnfinished(place);
		return work(place, versions);
	});
}
