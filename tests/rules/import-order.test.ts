import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imports, sources } from './sources.ts';

/** The order of the data is the order of the folders: each may import from those before it, and from itself. */
const order = [
	'paraglide', // compiled from messages/
	'period',
	'catalogue',
	'access',
	'submission',
	'measures',
	'format',
	'notebook',
	'charts',
	'components',
	'server/db',
	'server/workbook',
	'server/definition',
	'server/access',
	'server/cube',
	'server/register',
	'server/figures',
	'server/notebook',
	'server/export',
	'server/feedback',
	'server/rounds'
];

/** The folder of the order that a path under src/lib lies in. Throws for a folder that has no place in it. */
function layer(path: string): string {
	const [first, second] = path.split('/');
	const folder = first === 'server' ? `${first}/${second}` : (first ?? '');
	if (!order.includes(folder) || path === folder)
		throw new Error(`src/lib/${path}: “${folder}” has no place in the order of the folders`);
	return folder;
}

/** The modules under src/lib that a module imports, as paths from there. */
function ownImports(path: string, text: string): string[] {
	return imports(text)
		.map((target) => {
			if (target.startsWith('#lib/')) return target.slice('#lib/'.length);
			return target.startsWith('.') ? posix.join(posix.dirname(path), target) : undefined;
		})
		.filter((target) => target !== undefined);
}

const modules = sources(/^src\/lib\/.*\.(ts|svelte)$/).map(
	([path, text]) => [path.slice('src/lib/'.length), text] as const
);

describe('the order of the folders', () => {
	test.for(modules)('src/lib/%s imports nothing later than itself', ([path, text]) => {
		const own = order.indexOf(layer(path));
		for (const target of ownImports(path, text))
			expect(order.indexOf(layer(target)), `imports ${target}`).toBeLessThanOrEqual(own);
	});

	test.for(modules)('src/lib/%s names other folders by #lib, its own by ./', ([path, text]) => {
		for (const target of imports(text).filter((each) => /^[.#]/.test(each))) {
			const inside = layer(ownImports(path, `import '${target}'`)[0] ?? '') === layer(path);
			expect(target.startsWith('.'), target).toBe(inside);
		}
	});

	test.for(modules)('src/lib/%s runs under plain Node: no $app, no Kit, endings written out', ([, text]) => {
		for (const target of imports(text)) {
			expect(target).not.toMatch(/^\$|^@sveltejs\/kit/);
			if (/^[.#]/.test(target)) expect(target).toMatch(/\.(ts|svelte|json)$|^#lib\/paraglide\/\w+\.js$/);
		}
	});

	test('a folder that nobody has given a place is refused', () => {
		expect(() => layer('utils/text.ts')).toThrow('no place');
		expect(() => layer('server/magic/spell.ts')).toThrow('no place');
		expect(() => layer('loose.ts')).toThrow('no place');
	});
});

describe('what lies outside server/ is pure', () => {
	const pure = modules.filter(([path]) => !path.startsWith('server/'));

	test.for(pure)('src/lib/%s touches no disk, process or chance', ([, text]) => {
		expect(imports(text).filter((target) => target.startsWith('node:'))).toEqual([]);
		expect(text).not.toMatch(/\bMath\.random\(|\bcrypto\.|\bprocess\./);
	});
});
