import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { retitle } from '#lib/notebook/retitle.ts';
import { syncFolder } from '#lib/server/register/sync-folder.ts';
import { inTurn, versionsPath } from './shelf-files.ts';
import { nameFor } from './shelf-name.ts';
import {
	addVersion,
	fits,
	history,
	mostBytes,
	plainText,
	readAny,
	removedOf,
	textOf,
	type Author,
	type Shelf,
	type Version
} from './shelf-versions.ts';

/**
 * A notebook to be made: what it is to be called (for an imported one its file's name will do), what it begins as, and
 * the note of its first version.
 */
export type NewNotebook = {
	title: string;
	from: { starter: true } | { copyOf: string } | { file: Uint8Array };
	note: string;
};

/** The notebook was made; or why not: the name of the one that has its name, and whether that is set aside. */
export type Created =
	| { kind: 'created'; name: string; version: Version }
	| { kind: 'taken'; name: string; whose: 'installation' | 'product' | 'removed' }
	| { kind: 'noName' | 'unknown' | 'tooLarge' | 'noText' };

/** The name, without its ending, of the file among the product's that a new notebook begins as. */
const starter = 'starter';

/** Puts a new notebook on the shelf, published as its first version. */
export async function createNotebook(
	shelf: Shelf,
	account: Author,
	{ title, from, note }: NewNotebook,
	instant: number
): Promise<Created> {
	const written = await beginning(shelf, from);
	if (typeof written !== 'string') return written;
	const name = nameFor(title);
	if (name === undefined) return { kind: 'noName' };
	const text = 'file' in from ? written : retitle(written, title.trim());
	if (!fits(text)) return { kind: 'tooLarge' };
	const place = join(shelf.folder, name);
	return inTurn(place, async (): Promise<Created> => {
		const whose = await ownerOf(shelf, name);
		const same = whose === 'installation' && (await justMade(shelf, name, text, account, instant));
		if (same) return { kind: 'created', name, version: same };
		if (whose) return { kind: 'taken', name, whose };
		// what is in the folder of one whose making was interrupted is not in its list, of which there is none
		const version = await addVersion(place, [], text, { by: account, note, basedOn: 0 }, instant);
		for (const above of [shelf.folder, dirname(shelf.folder)]) await syncFolder(above);
		return { kind: 'created', name, version };
	});
}

/** A button that is pressed twice asks twice, within so many milliseconds. */
const twice = 30_000;

/** The version of a notebook that the same account has just begun with the same text; undefined for any other. */
async function justMade(
	shelf: Shelf,
	name: string,
	text: string,
	account: Author,
	instant: number
): Promise<Version | undefined> {
	const [first, ...later] = await history(shelf, name);
	const isSame = first?.by.id === account.id && later.length === 0 && instant - first.at < twice;
	return isSame && (await textOf(join(shelf.folder, name), first)) === text ? first : undefined;
}

/** What a new notebook begins as, or why it cannot. */
async function beginning(
	shelf: Shelf,
	from: NewNotebook['from']
): Promise<string | { kind: 'unknown' | 'tooLarge' | 'noText' }> {
	if ('file' in from) return readImported(from.file);
	const text = await readAny(shelf, 'starter' in from ? starter : from.copyOf);
	return text ?? { kind: 'unknown' };
}

/** The text of an imported file: UTF-8 without anything that no text has. */
function readImported(bytes: Uint8Array): string | { kind: 'tooLarge' | 'noText' } {
	if (bytes.length > mostBytes) return { kind: 'tooLarge' };
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		// eslint-disable-next-line no-control-regex -- those are what a text does not have
		const isText = !/[\0-\x08\x0e-\x1f]/.test(text) && text.trim() !== '';
		return isText ? plainText(text) : { kind: 'noText' };
	} catch {
		return { kind: 'noText' };
	}
}

async function ownerOf(
	shelf: Shelf,
	name: string
): Promise<'installation' | 'product' | 'removed' | undefined> {
	if (existsSync(join(shelf.product, `${name}.md`))) return 'product';
	const place = join(shelf.folder, name);
	if (!existsSync(versionsPath(place))) return undefined;
	return (await removedOf(place)) ? 'removed' : 'installation';
}
