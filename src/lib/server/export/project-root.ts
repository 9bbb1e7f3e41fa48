import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '#lib/server/definition/project-root.ts';

export { projectRoot };

let version: string | undefined;

/** The version of the program. */
export function programVersion(): string {
	version ??= String(JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')).version);
	return version;
}
