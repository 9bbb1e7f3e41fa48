import { fold } from '#lib/notebook/fold.ts';

/** Names of devices: Windows keeps them to itself, whatever stands behind a dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Pages of the site that lie where a notebook would. */
const pages = new Set(['dictionary', 'new']);

/** The longest name, in letters: it becomes part of the names of files. */
export const longestName = 60;

/** Whether a name may be a notebook's: small letters and digits, hyphens between them, and nobody else's. */
export const isName = (name: string): boolean =>
	name.length <= longestName &&
	/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) &&
	!devices.test(name) &&
	!pages.has(name);

/** The name of a notebook that is called so: “Årsrapport 2026” gives arsrapport-2026; undefined where none can be made. */
export function nameFor(title: string): string | undefined {
	const name = fold(title, longestName);
	return isName(name) ? name : undefined;
}
