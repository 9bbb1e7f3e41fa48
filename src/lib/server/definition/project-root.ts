import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let found: string | undefined;
let version: string | undefined;

/**
 * The folder of the program: where reports/, scripts/ and node_modules/ lie, whether this module runs from
 * src/, from build/ or from somewhere else's working folder.
 */
export function projectRoot(): string {
	found ??= lookUp(import.meta.dirname);
	return found;
}

/** The version of the program. */
export function programVersion(): string {
	version ??= String(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')).version);
	return version;
}

function lookUp(folder: string): string {
	const description = join(folder, 'package.json');
	if (existsSync(description) && JSON.parse(readFileSync(description, 'utf8')).name === 'bortfall')
		return folder;
	const above = dirname(folder);
	if (above === folder) throw new Error(`The program's own folder is not above ${import.meta.dirname}`);
	return lookUp(above);
}
