import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { holderOf, holdFolder, RegisterInUse } from '#lib/server/register/lock.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { rebuild } from '#lib/server/register/rebuild.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'register-'));
	return () => rm(folder, { recursive: true, force: true });
});

/** Another process that holds the folder until it is killed. */
async function otherHolder() {
	const script = `import { holdFolder } from '#lib/server/register/lock.ts';
		holdFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => undefined, 1000);`;
	const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	await once(child.stdout, 'data');
	return child;
}

test('a folder that another process holds is told with its number; once it is killed, the lock holds nothing', async () => {
	const child = await otherHolder();
	expect(holderOf(folder)?.pid).toBe(child.pid);
	expect(() => holdFolder(folder)).toThrow(RegisterInUse);
	expect(() => holdFolder(folder)).toThrow(`process ${child.pid}`);
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(existsSync(join(folder, 'lock'))).toBe(true);
	expect(holderOf(folder)).toBeUndefined();
	const lock = holdFolder(folder);
	expect(holderOf(folder)?.pid).toBe(process.pid);
	lock.release();
	expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('a lock is of a process that started then, and of its folder: a number used again or a copy holds nothing', async () => {
	const child = await otherHolder();
	try {
		const holder = holderOf(folder);
		await writeFile(join(folder, 'lock'), JSON.stringify({ ...holder, started: 'another boot 1' }));
		expect(holderOf(folder)).toBeUndefined();
		await writeFile(join(folder, 'lock'), JSON.stringify(holder));
		expect(holderOf(folder)).toBeDefined();
		await cp(folder, `${folder}-copy`, { recursive: true });
		expect(holderOf(`${folder}-copy`)).toBeUndefined();
		await rename(folder, `${folder}-moved`);
		expect(holderOf(`${folder}-moved`)?.pid).toBe(child.pid);
		await rename(`${folder}-moved`, folder);
		await writeFile(join(folder, 'lock'), '{');
		expect(holderOf(folder)).toBeUndefined();
	} finally {
		child.kill('SIGKILL');
		await rm(`${folder}-copy`, { recursive: true, force: true });
	}
});

test('an open register is held against a second opening and a rebuild, until it is closed', async () => {
	const definition = await loadDefinition('data/sinasc');
	const register = await openRegister(folder, definition);
	await expect(openRegister(folder, definition)).rejects.toThrow(RegisterInUse);
	await expect(rebuild(folder, definition)).rejects.toThrow(RegisterInUse);
	register.db.close();
	expect(await rebuild(folder, definition)).toMatchObject({ submissions: 0 });
	(await openRegister(folder, definition)).db.close();
});
