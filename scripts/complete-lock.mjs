/**
 * Adds to package-lock.json the optional packages of platforms that the registry at hand did not offer, so that
 * `npm ci` finds lock and package.json in step everywhere. Run it after every `npm install`:
 *
 *     node scripts/complete-lock.mjs
 *
 * docs/decisions/complete-lock.md says why.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const lockFile = fileURLToPath(new URL('../package-lock.json', import.meta.url));

/** Words of a binding's name → the values npm compares with the machine. Order matters: the longer word first. */
const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * The platform that a binding's name tells, as npm's fields. Without `libc`, npm would install the musl twin of a
 * binding on every Linux.
 *
 * @param {string} name e.g. `@oxlint/binding-linux-arm64-musl`
 * @returns {{ os: string[], cpu: string[], libc?: string[] } | undefined} undefined when the name tells no platform
 */
export function platformOf(name) {
	const words = name.split(/[-/]/);
	const os = systems.find((system) => words.includes(system));
	const cpu = processors.find((processor) => words.includes(processor));
	if (!os || !cpu) return undefined;
	if (os !== 'linux') return { os: [os], cpu: [cpu] };
	const last = words.at(-1) ?? '';
	if (last.startsWith('musl')) return { os: [os], cpu: [cpu], libc: ['musl'] };
	if (last.startsWith('gnu')) return { os: [os], cpu: [cpu], libc: ['glibc'] };
	return { os: [os], cpu: [cpu] };
}

/**
 * The optional dependencies that a lock promises but does not hold.
 *
 * @param {{ packages: Record<string, { optionalDependencies?: Record<string, string>, os?: string[] }> }} lock
 * @returns {{ name: string, version: string, by: string }[]}
 */
export function missingFrom(lock) {
	return Object.entries(lock.packages).flatMap(([by, entry]) =>
		Object.entries(entry.optionalDependencies ?? {})
			.filter(
				([name]) => !lock.packages[`${by}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`]
			)
			.map(([name, version]) => ({ name, version, by }))
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
	const missing = missingFrom(lock);
	for (const { name, version, by } of missing) {
		const platform = platformOf(name);
		if (!platform || !/^\d+\.\d+\.\d+/.test(version)) {
			throw new Error(`${by} wants ${name}@${version}: cannot tell for which platform; add it by hand`);
		}
		// in npm's own order, which would otherwise come back as noise in the next diff
		lock.packages[`node_modules/${name}`] = {
			version,
			cpu: platform.cpu,
			...(lock.packages[by].dev && { dev: true }),
			...(platform.libc && { libc: platform.libc }),
			optional: true,
			os: platform.os
		};
	}
	lock.packages = Object.fromEntries(
		Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
	);
	for (const entry of Object.values(lock.packages)) delete entry.resolved;
	writeFileSync(lockFile, JSON.stringify(lock, null, '\t') + '\n');
	console.log(`package-lock.json: ${missing.length} packages of other platforms added`);
}
