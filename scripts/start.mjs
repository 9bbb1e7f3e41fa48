// @ts-check
/**
 * `npm start`: from a fresh clone to the dashboard. Installs what is missing, builds when sources have changed, makes
 * demo data when the data folder is empty, serves. Runs on Node 20 without any package.
 */
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	rmdirSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { install, root, run } from './install.mjs';

/** Everything that a build is made from. */
const sources = [
	'src',
	'static',
	'messages',
	'project.inlang/settings.json',
	'scripts/messages.ts',
	'vite.config.ts'
];
const stamp = join(root, 'build/.sources');

process.chdir(root);
try {
	install();
	await build();
	await makeDemoData(process.env.BORTFALL_DATA ?? 'var');
	process.exitCode = await run(['server.js']);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

/** Builds the app unless the last build was made from these very sources. */
async function build() {
	const now = fingerprint();
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
	console.log('Building …');
	// Vite says much that matters only when it fails
	if (await run(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']))
		throw new Error('The build failed, see above.');
	writeFileSync(stamp, now);
}

/** A hash over names and contents of the sources: times lie after a checkout or a copy. */
function fingerprint() {
	const hash = createHash('sha256');
	for (const source of [...sources, 'package-lock.json']) {
		for (const file of filesUnder(source)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

/**
 * @param {string} path file or folder
 * @returns {string[]}
 */
function filesUnder(path) {
	if (!existsSync(path)) return [];
	// what the build itself compiles from the messages
	if (path === join('src', 'lib', 'paraglide')) return [];
	try {
		return readdirSync(path)
			.sort()
			.flatMap((name) => filesUnder(join(path, name)));
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [path];
		throw error;
	}
}

/**
 * Fills an empty data folder with a demo country; a folder that holds anything is left as it is. The making goes on
 * beside the folder and is moved in when it is whole, so that an interrupted one is begun anew next time.
 *
 * @param {string} folder
 */
async function makeDemoData(folder) {
	if (existsSync(folder) && readdirSync(folder).length > 0) return;
	const making = `${folder.replace(/[\\/]+$/, '')}.making`;
	rmSync(making, { recursive: true, force: true });
	mkdirSync(making, { recursive: true, mode: 0o700 });
	console.log(`Making demo data in ${folder} …`);
	const code = await run(['scripts/demo.ts', '--data', making]);
	if (code) {
		rmSync(making, { recursive: true, force: true });
		throw new Error(code === 130 ? 'Stopped.' : 'The demo data could not be made, see above.');
	}
	if (existsSync(folder)) rmdirSync(folder);
	renameSync(making, folder);
}
