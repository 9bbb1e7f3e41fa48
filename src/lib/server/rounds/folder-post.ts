import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '#lib/server/register/sync-folder.ts';
import { letterBytes } from './letter-bytes.ts';
import type { Handed, Letter, Post } from './post.ts';
import { writeWhole } from './whole-file.ts';

/** Puts every letter into a folder as KEY.eml, where there is no mail server: mail programs open such files. */
export function folderPost(folder: string): Post {
	return {
		isMail: false,
		async send(letter) {
			try {
				return await written(folder, letter);
			} catch (error) {
				return { as: 'later', fault: error instanceof Error ? error.message : String(error), stop: true };
			}
		}
	};
}

async function written(folder: string, letter: Letter): Promise<Handed> {
	const { bytes } = await letterBytes(letter);
	await mkdir(folder, { recursive: true, mode: 0o700 });
	await writeWhole(join(folder, `${letter.key}.eml`), bytes);
	await syncFolder(folder);
	return { as: 'sent', answer: `${letter.key}.eml` };
}
