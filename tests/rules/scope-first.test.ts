import { expect, test } from 'vitest';
import { declaredTypes, exportedFunctions, namedImports } from './exported-functions.ts';
import { sources } from './sources.ts';

/**
 * The folder under src/lib/server that a module lies in, where its functions answer from the register: those on which
 * the register stands are left out, any other is held to the rule from its first day. What only its own folder uses
 * is inner.
 */
function folderOf(path: string): string | undefined {
	const folder = /^src\/lib\/server\/([^/]+)\//.exec(path)?.[1];
	return ['db', 'workbook', 'definition', 'access', 'cube'].includes(folder ?? '') ? undefined : folder;
}

/** What reaches the register: whoever is given one of these can ask it anything. */
const doors = ['Register', 'Database', 'Statements', 'Writer'];

/** Functions that are given the register and answer nothing from it to a reader, each with the reason. */
const exceptions: Record<string, string> = {
	'src/lib/server/register/receive.ts receive': 'writes; whoever calls it has checked whose unit it is',
	'src/lib/server/register/receive.ts receiveAll': 'writes, for commands',
	'src/lib/server/register/flag-notes.ts addNote': 'writes; the flag has been found within the scope',
	'src/lib/server/register/waiting.ts endWaiting': 'takes files away, and tells nothing of them',
	'src/lib/server/register/waiting.ts removeAbandoned': 'takes files away, and tells nothing of them',
	'src/lib/server/register/backup.ts backUp': 'copies files as they are, for a command',
	'src/lib/server/register/ledger-entry.ts nextNumbers':
		'says how long the ledger is, and nothing of what it holds',
	'src/lib/server/figures/flags.ts daysOfFlags': 'counts of all units, to be frozen with the cubes',
	'src/lib/server/rounds/freeze.ts freeze': 'copies figures as they are; whoever freezes holds rounds',
	'src/lib/server/notebook/desk.ts openDesk': 'opens a desk, which is asked with a scope',
	'src/lib/server/notebook/snapshot.ts openSnapshots':
		'copies for the desk, which is asked with a scope; and for the bench',
	'src/lib/server/notebook/served.ts servedDesk': 'gives a desk, which is asked with a scope',
	'src/lib/server/feedback/remembering.ts remembering': 'gives a register, which is asked with a scope'
};

type Module = [path: string, text: string];

const mentions = (written: string, names: Iterable<string>) =>
	[...names].some((name) => new RegExp(`\\b${name}\\b`).test(written));

/** The names of all types through which the register is reached: those above, and those that hold one of them. */
function doorsAmong(modules: readonly Module[]): Set<string> {
	const types = modules.flatMap(([, text]) => declaredTypes(text));
	const found = new Set(doors);
	for (let before = 0; before !== found.size;) {
		before = found.size;
		for (const [name, written] of types) if (mentions(written, found)) found.add(name);
	}
	return found;
}

/** The functions that other folders import, are given the register, and do not take a scope first. */
function withoutScope(modules: readonly Module[]): string[] {
	const own = modules.filter(([path]) => folderOf(path) !== undefined);
	const reached = doorsAmong(own);
	const wanted = new Map<string, Set<string>>();
	for (const [path, text] of modules)
		for (const { from, names } of namedImports(text)) {
			const target = from.replace(/^#lib\//, 'src/lib/');
			const folder = folderOf(target);
			if (folder === undefined || folder === folderOf(path)) continue;
			wanted.set(target, new Set([...(wanted.get(target) ?? []), ...names]));
		}
	return own.flatMap(([path, text]) => {
		const names = wanted.get(path);
		return exportedFunctions(text)
			.filter(({ name }) => names?.has(name) || names?.has('*'))
			.filter(({ parameters }) => parameters.some((type) => mentions(type, reached)))
			.filter(({ parameters: [first] }) => first !== 'Scope')
			.map(({ name }) => `${path} ${name}`);
	});
}

const modules = sources(/^(src|scripts)\/.*\.(ts|svelte)$/);

test('whoever asks the register from another folder says for whom, first', () => {
	expect(withoutScope(modules).filter((name) => !(name in exceptions))).toEqual([]);
});

test('every exception is one: what is no longer without a scope is no longer listed', () => {
	const found = withoutScope(modules);
	expect(Object.keys(exceptions).filter((name) => !found.includes(name))).toEqual([]);
});

const planted = (path: string, text: string): string[] =>
	withoutScope([
		[`src/lib/server/${path}`, text],
		['src/routes/+page.server.ts', `import { ask } from '#lib/server/${path}';`]
	]);

test('a question without a scope is found, however the register is handed over', () => {
	for (const text of [
		'export async function ask(register: Register, unit: string) {}',
		'export const ask = ({ db }: Register) => db;',
		"export const ask = function (unit: string, register: Pick<Register, 'db'>) {};",
		'export function ask(unit: string, { register }: { register: Register }) {}',
		'export function ask(db: Statements, scope: Scope) {}',
		'export function ask(scope: Scope | undefined, db: Database) {}',
		'type Asked = { from: Register }; export function ask(asked: Asked) {}',
		'interface Inner { db: Statements } type Asked = Inner & { n: number }; export const ask = (asked: Asked) => 1;'
	])
		expect(planted('figures/planted.ts', text), text).toEqual(['src/lib/server/figures/planted.ts ask']);
});

test('a question with a scope first, one that needs no register, and one of the own folder are left alone', () => {
	for (const text of [
		'export function ask(scope: Scope, register: Register) {}',
		'export const ask = (model: Model) => model;',
		'function inner(register: Register) {} export const ask = 1;'
	])
		expect(planted('export/planted.ts', text), text).toEqual([]);
	const inner: Module[] = [
		['src/lib/server/figures/a.ts', 'export function ask(db: Statements) {}'],
		['src/lib/server/figures/b.ts', "import { ask } from './a.ts';"]
	];
	expect(withoutScope(inner)).toEqual([]);
});

test('a folder that comes later is held to the rule; those on which the register stands are not', () => {
	const text = 'export function ask(register: Register) {}';
	expect(planted('rounds-of-later/planted.ts', text)).toHaveLength(1);
	expect(planted('db/planted.ts', text)).toEqual([]);
});

test('a component that imports a question, and one that imports all of them, are seen too', () => {
	const asked: Module = ['src/lib/server/figures/a.ts', 'export function ask(db: Statements) {}'];
	for (const text of [
		'<script lang="ts">\nimport { ask as tell } from \'#lib/server/figures/a.ts\';\n</script>',
		"import * as all from '#lib/server/figures/a.ts';"
	])
		expect(withoutScope([asked, ['src/routes/Page.svelte', text]])).toHaveLength(1);
});

// the reports of clinics and of the nation are about no unit: they are kept with none, for the register's own people
test('the scope of the whole nation is taken by commands, by the works of the server, and where answers are kept for all', () => {
	const allowed =
		/^scripts\/|^src\/(hooks\.server|works)\.ts$|^src\/lib\/access\/scope\.ts$|^src\/lib\/server\/((figures|register)\/|rounds\/(clinic|nation)-kind\.ts$)/;
	const users = modules.filter(([path, text]) => /\bwholeNation\b/.test(text) && !allowed.test(path));
	expect(users.map(([path]) => path)).toEqual([]);
});

test('a scope is made by its own module only: nowhere else is something called one', () => {
	const forgers = modules.filter(
		([path, text]) => /\bas (unknown as )?Scope\b/.test(text) && path !== 'src/lib/access/scope.ts'
	);
	expect(forgers.map(([path]) => path)).toEqual([]);
});
