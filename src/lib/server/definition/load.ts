import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readDefinition, type Definition } from '#lib/catalogue/catalogue.ts';

/**
 * Reads the definition folder of a register. Throws a DefinitionError that lists every fault, or an
 * Error that names the folder when there is none.
 */
export async function loadDefinition(folder: string): Promise<Definition> {
	const names = await readdir(folder, { recursive: true }).catch(() => {
		throw new Error(`There is no definition of a register in ${folder} (setting BORTFALL_REGISTER).`);
	});
	const wanted = names.filter((name) => /\.(ya?ml|csv)$/.test(name)).sort();
	const files = new Map<string, string>();
	for (const name of wanted)
		files.set(name.replaceAll('\\', '/'), await readFile(join(folder, name), 'utf8'));
	return readDefinition(files);
}
