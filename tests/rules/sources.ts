import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * The project's own files, committed or about to be, whose path matches; paths as git writes them.
 *
 * @returns pairs of path and text, as `test.for` likes them
 */
export function sources(pattern: RegExp): [path: string, text: string][] {
	const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
		encoding: 'utf8'
	});
	return listed
		.split('\n')
		.filter((path) => pattern.test(path) && existsSync(path))
		.map((path) => [path, readFileSync(path, 'utf8')]);
}

/** What a module imports, statically or on demand, types included. */
export function imports(text: string): string[] {
	const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"]([^'"\n]+)['"]/g);
	return [...found].map(([, target]) => target ?? '');
}
