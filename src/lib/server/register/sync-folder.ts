import { open } from 'node:fs/promises';

/** What a system answers that knows no writing of folders to the disk. */
const unknown = new Set(['EISDIR', 'EPERM', 'EINVAL', 'EBADF']);

/** Writes the names in a folder to the disk, so that a file that was put there outlives a loss of power. */
export async function syncFolder(path: string): Promise<void> {
	try {
		const folder = await open(path);
		await folder.sync().finally(() => folder.close());
	} catch (error) {
		if (!unknown.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
	}
}
