// @ts-check
/** The server of the end-to-end tests: the built app over a small demo country in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// the folder is named by playwright.config.ts
const parent = process.env.BORTFALL_E2E_FOLDER ?? '';
rmSync(parent, { recursive: true, force: true });
mkdirSync(parent);
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

const data = join(parent, 'data');
const made = spawnSync(process.execPath, ['scripts/demo.ts', '--data', data, '--small'], {
	stdio: ['ignore', 'ignore', 'inherit']
});
if (made.status !== 0) process.exit(1);

const log = openSync(join(parent, 'server.log'), 'a');
const server = spawn(process.execPath, ['server.js'], {
	env: { ...process.env, BORTFALL_DATA: data, BORTFALL_TWO_PEOPLE: 'yes' },
	stdio: ['ignore', log, log]
});
server.on('exit', (code) => {
	if (code) console.error(readFileSync(join(parent, 'server.log'), 'utf8'));
	process.exit(code ?? 1);
});
process.on('SIGTERM', () => server.kill('SIGTERM'));
