import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { sources } from './sources.ts';

const ours = sources(/^(src|scripts|tests)\/.*\.(ts|mjs|js|svelte)$/).map(([path]) => path);

test('a file is named by what it is about, never index, utils, helpers, common or types', () => {
	const vague = ours.filter((path) =>
		/(^|\/)(index|utils?|helpers?|common|types|misc|shared)\.\w+$/.test(path)
	);
	expect(vague).toEqual([]);
});

test('modules are kebab-case, components PascalCase', () => {
	const odd = ours.filter((path) => {
		const name = basename(path);
		if (name.startsWith('+')) return false;
		return name.endsWith('.svelte')
			? !/^[A-Z][A-Za-z0-9]*\.svelte$/.test(name)
			: !/^[a-z0-9]+(-[a-z0-9]+)*(\.(d|test|spec|server|svelte))?\.(ts|mjs)$/.test(name);
	});
	expect(odd).toEqual([]);
});
