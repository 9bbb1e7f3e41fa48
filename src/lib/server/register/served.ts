import { rename } from 'node:fs/promises';
import { closeServedAccess } from '#lib/server/access/served.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { backUp, type Progress } from './backup.ts';
import { listen } from './control.ts';
import { openRegister, type Register } from './open.ts';
import { swapIn, unpack, type Restored, type Restoring } from './restore.ts';

// DuckDB would open the same file twice in one process and lose rows: so one register, kept where a hot
// reload of this module finds it again.
const kept = globalThis as typeof globalThis & { bortfallRegister?: Promise<Register> };

/**
 * The register that this process serves, opened the first time it is asked for. Commands of the same user have it
 * backed up, or replaced by a backup, while it is served: whoever asks for it then waits for the new one.
 */
export function servedRegister(dataFolder: string, definitionFolder: string): Promise<Register> {
	kept.bortfallRegister ??= open(dataFolder, definitionFolder);
	return kept.bortfallRegister;
}

async function open(dataFolder: string, definitionFolder: string): Promise<Register> {
	const definition = await loadDefinition(definitionFolder);
	let stopListening = () => undefined as void;
	const register = await openRegister(dataFolder, definition, {
		onFatal: end,
		onClose: () => stopListening()
	});
	const listening = await listen(dataFolder, {
		backup: ({ to, keys }, at) => backUp(register, to, { keys, at }),
		restore: (asked, at) => replaceServed(dataFolder, definitionFolder, asked, at)
	});
	stopListening = listening.end;
	register.lock?.setAddress(listening.address);
	return register;
}

/** A register that cannot go on answers wrongly or not at all: the process ends, and its supervisor starts it again. */
function end(error: Error): void {
	console.error(`The register cannot go on, and the server ends: ${error.message.split('\n')[0]}`);
	process.exit(1);
}

async function replaceServed(
	dataFolder: string,
	definitionFolder: string,
	asked: Restoring,
	at: Progress
): Promise<Restored> {
	const { path, submissions } = await unpack(dataFolder, asked, at);
	const before = await servedRegister(dataFolder, definitionFolder);
	let place: string | undefined;
	const swapped = async () => {
		await before.db.settle();
		before.db.close();
		closeServedAccess();
		place = await swapIn(dataFolder, path, asked.stamp);
		try {
			return await open(dataFolder, definitionFolder);
		} catch (error) {
			// what came in cannot be opened: back to what was there
			if (place === undefined) throw error;
			await rename(dataFolder, path);
			await rename(place, dataFolder);
			reason = error;
			return open(dataFolder, definitionFolder);
		}
	};
	let reason: unknown;
	kept.bortfallRegister = swapped();
	await kept.bortfallRegister;
	if (reason !== undefined) throw reason;
	return { submissions, kept: place };
}

/** Closes the served register when nobody asks it any more, so that its file is whole and free for commands. */
export async function closeServedRegister(): Promise<void> {
	const register = await kept.bortfallRegister;
	delete kept.bortfallRegister;
	await register?.db.settle();
	register?.db.close();
}
