import { expect, test } from 'vitest';
import { imports, sources } from './sources.ts';

/** Each tool has one door; whoever needs it goes through there. Paths are beginnings. */
const doors: Record<string, string[]> = {
	'@duckdb/node-api': ['src/lib/server/db/', 'scripts/bench/'],
	'@observablehq/plot': ['src/lib/charts/', 'scripts/', 'tests/'],
	'@myriaddreamin/typst-ts-node-compiler': ['src/lib/server/export/', 'scripts/'],
	diff: ['src/lib/notebook/'],
	linkedom: ['src/lib/server/export/', 'tests/'],
	'@codemirror': ['src/routes/notebooks/[notebook=slug]/edit/'],
	'ical-generator': ['src/lib/server/export/'],
	'hyparquet-writer': ['src/lib/server/export/'],
	hucre: ['src/lib/server/workbook/', 'tests/'],
	'node:sqlite': ['src/lib/server/access/', 'src/lib/server/rounds/'],
	nodemailer: ['src/lib/server/rounds/'],
	croner: ['src/lib/server/rounds/'],
	'smtp-server': ['tests/'],
	otpauth: ['src/lib/server/access/', 'tests/'],
	'openid-client': ['src/lib/server/access/'],
	'@zxcvbn-ts/language-common': ['src/lib/server/access/', 'tests/']
};

const modules = sources(/^(src|scripts|tests)\/.*\.(ts|js|mjs|svelte)$|^[^/]+\.(ts|js)$/);

test.for(Object.entries(doors))('%s is imported behind its door only', ([tool, inside]) => {
	const users = modules.filter(([, text]) =>
		imports(text).some((target) => target === tool || target.startsWith(`${tool}/`))
	);
	const outside = users.map(([path]) => path).filter((path) => !inside.some((door) => path.startsWith(door)));
	expect(outside).toEqual([]);
});

test('the clock is read in hooks.server.ts and in scripts/ only', () => {
	const readers = modules
		.filter(([path]) => path.startsWith('src/') && path !== 'src/hooks.server.ts')
		.filter(([, text]) => /\bnew Date\(\s*\)|\bDate\.now\(|\bDate\(\s*\)|\bTemporal\.Now\b/.test(text));
	expect(readers.map(([path]) => path)).toEqual([]);
});

test('settings come in by src/env.ts only', () => {
	const readers = modules.filter(([path, text]) => path.startsWith('src/') && /\bprocess\.env\b/.test(text));
	expect(readers.map(([path]) => path)).toEqual([]);
});
