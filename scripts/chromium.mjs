// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * The Chromium that the end-to-end tests run in: `CHROMIUM`, else the first in PATH, else where systems keep it.
 *
 * @returns {string | undefined} its path
 */
export function findChromium() {
	const inPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => names.map((name) => join(folder, name)));
	return [process.env.CHROMIUM ?? '', ...inPath, ...elsewhere].find(
		(path) => path !== '' && existsSync(path)
	);
}

/** Sees to it that there is a Chromium: installs Debian's where we may, else throws and says what to install. */
export function installChromium() {
	if (findChromium()) return;
	const isDebian =
		existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
	if (isDebian && process.getuid?.() === 0) {
		console.log("Installing Debian's chromium (apt-get) …");
		apt('update', '-qq');
		apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
	}
	if (!findChromium())
		throw new Error(
			'The end-to-end tests need Chromium. Install it (Debian and Ubuntu: sudo apt-get install chromium; macOS: brew ' +
				'install --cask chromium) or name one: CHROMIUM=/path/to/chromium npm test'
		);
}

/** @param {string[]} args */
function apt(...args) {
	spawnSync('apt-get', args, {
		stdio: ['ignore', 'ignore', 'inherit'],
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
	});
}
