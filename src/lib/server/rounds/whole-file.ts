import { open, rename } from 'node:fs/promises';

/** Puts a file in its place as a whole: when this resolves, its bytes are on the disk, under its name. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
	const draft = `${path}.${process.pid}`;
	const file = await open(draft, 'w', 0o600);
	try {
		await file.writeFile(bytes);
		await file.sync();
	} finally {
		await file.close();
	}
	await rename(draft, path);
}

/** Has the bytes of a file that something else wrote on the disk when it resolves, for its owner only. */
export async function syncFile(path: string): Promise<void> {
	const file = await open(path, 'r+');
	try {
		await file.chmod(0o600);
		await file.sync();
	} finally {
		await file.close();
	}
}
