import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { programVersion, projectRoot } from '#lib/server/definition/project-root.ts';
import { definitionHash } from '#lib/server/register/open.ts';
import type { Versions } from './edition.ts';
import { kinds } from './kinds.ts';

/** By what reports are made now, besides the figures. */
export async function versionsNow(definition: Definition): Promise<Omit<Versions, 'entry'>> {
	return {
		definition: definitionHash(definition),
		texts: sha256(
			JSON.stringify([definition.register, definition.variables, definition.units, definition.references])
		),
		notebook: sha256(JSON.stringify(await Promise.all(sources().map(hashOfSource)))),
		program: programVersion()
	};
}

/** What there is to say when an edition is to be made by something else than what it was frozen by. */
export class OtherVersions extends Error {
	readonly changed: (keyof Versions)[];
	constructor(changed: (keyof Versions)[]) {
		super(
			`The edition was frozen by another ${changed.join(' and ')} than there is now. Freeze a new edition, with this as its reason.`
		);
		this.name = 'OtherVersions';
		this.changed = changed;
	}
}

/** Throws OtherVersions when reports would not be made now as they would have been when the edition was frozen. */
export async function checkVersions(definition: Definition, frozen: Versions): Promise<void> {
	const now = await versionsNow(definition);
	const compared = ['definition', 'texts', 'notebook', 'program'] as const;
	const changed = compared.filter((what) => now[what] !== frozen[what]);
	if (changed.length) throw new OtherVersions(changed);
}

/** The files of reports/ that reports of rounds are made of: the notebooks, and what sets them on paper. */
const sources = () => [
	'template.typ',
	...kinds.flatMap(({ notebook }) => (notebook === null ? [] : [`${notebook}.md`])).sort()
];

const hashOfSource = async (name: string) => [
	name,
	sha256(await readFile(join(projectRoot(), 'reports', name)))
];

/** The SHA-256 of bytes or of a text, in hexadecimal. */
export const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
