import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import type { Profile } from '#lib/catalogue/profile.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Layout } from '#lib/submission/layout.ts';
import type { Sender } from '#lib/submission/sender.ts';
import type { LinkageKey } from './key.ts';
import type { Look } from './look.ts';
import type { Original } from './original.ts';

/** One file handed in: its stored original, and what is said about it. */
export type Submission = {
	original: Original;
	fileName: string;
	unit: Unit;
	sender: Sender;
	profile?: Profile | undefined;
	/** Local time, YYYY-MM-DD HH:MM:SS. */
	receivedAt: string;
};

/** A file that was looked at and can be read. */
export type ReadableFile = { submission: Submission; look: Look; layout: Layout };

/**
 * Files that are read and merged together: each of another unit, all of one shape. What a statement costs
 * whatever it works on is then paid once for all of them.
 */
export type Batch = {
	definition: Definition;
	key: LinkageKey;
	files: readonly ReadableFile[];
	/** What decides how the files are read, the same for all of them. */
	layout: Layout;
	profile: Profile | undefined;
	/** The reported variables that the files hold, in the order of the catalogue. */
	present: readonly Variable[];
};

/** Births in a batch of several files, at most: more are read faster than they are waited for. */
const mostRows = 16_000;

/** Bytes in a batch of several files, at most. */
const mostBytes = 16 * 2 ** 20;

/** A batch of these files; throws RangeError where there are none. */
export function batchOf(definition: Definition, key: LinkageKey, files: readonly ReadableFile[]): Batch {
	const [first] = files;
	if (!first) throw new RangeError('A batch has at least one file.');
	const { layout } = first;
	const present = presentVariables(definition, layout);
	return { definition, key, files, layout, profile: first.submission.profile, present };
}

/** Whether one more file can be read and merged with these. */
export function fits(definition: Definition, files: readonly ReadableFile[], next: ReadableFile): boolean {
	const [first] = files;
	if (!first) return true;
	return (
		files.every(({ submission }) => submission.unit.id !== next.submission.unit.id) &&
		rowsOf(files) + next.look.scan.rows <= mostRows &&
		bytesOf(files) + next.submission.original.bytes <= mostBytes &&
		shapeOf(definition, first) === shapeOf(definition, next)
	);
}

/** How many rows the files hold. */
export const rowsOf = (files: readonly ReadableFile[]) =>
	files.reduce((sum, { look }) => sum + look.scan.rows, 0);

/** A file that is large is read by all cores. */
const largeBytes = 4 * 2 ** 20;

/** Whether this is one large file; a batch of several never is. */
export const isLarge = (files: readonly ReadableFile[]) => files.length === 1 && bytesOf(files) > largeBytes;

/** How many bytes were handed in. */
const bytesOf = (files: readonly ReadableFile[]) =>
	files.reduce((sum, { submission }) => sum + submission.original.bytes, 0);

const presentVariables = (definition: Definition, { columns, constants }: Layout) =>
	reported(definition).filter((v) => columns.has(v.id) || constants.has(v.id));

/** All that the statements of a batch depend on: files with the same are read by the same ones. */
function shapeOf(definition: Definition, { layout, submission }: ReadableFile): string {
	const variables = presentVariables(definition, layout).map((v) => [
		v.id,
		layout.columns.get(v.id)?.dateForm
	]);
	return JSON.stringify([submission.profile?.id, layout.reference === undefined, variables]);
}
