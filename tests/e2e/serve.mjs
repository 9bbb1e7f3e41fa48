// @ts-check
/** The server of the end-to-end tests: the built app over a small demo country in a folder of its own. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const parent = mkdtempSync(join(tmpdir(), 'bortfall-e2e-'));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

const data = join(parent, 'data');
const made = spawnSync(process.execPath, ['scripts/demo.ts', '--data', data, '--small'], {
	stdio: ['ignore', 'ignore', 'inherit']
});
if (made.status !== 0) process.exit(1);

const server = spawn(process.execPath, ['server.js'], {
	env: { ...process.env, BORTFALL_DATA: data },
	stdio: ['ignore', 'inherit', 'inherit']
});
server.on('exit', (code) => process.exit(code ?? 1));
process.on('SIGTERM', () => server.kill('SIGTERM'));
