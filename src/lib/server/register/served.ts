import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister, type Register } from './open.ts';

// DuckDB would open the same file twice in one process and lose rows: so one register, kept where a hot
// reload of this module finds it again.
const kept = globalThis as typeof globalThis & { bortfallRegister?: Promise<Register> };

/** The register that this process serves, opened the first time it is asked for. */
export function servedRegister(dataFolder: string, definitionFolder: string): Promise<Register> {
	kept.bortfallRegister ??= loadDefinition(definitionFolder).then((definition) =>
		openRegister(dataFolder, definition, { onFatal: end })
	);
	return kept.bortfallRegister;
}

/** A register that cannot go on answers wrongly or not at all: the process ends, and its supervisor starts it again. */
function end(error: Error): void {
	console.error(`The register cannot go on, and the server ends: ${error.message.split('\n')[0]}`);
	process.exit(1);
}

/** Closes the served register, so that its file is whole and free for commands. */
export async function closeServedRegister(): Promise<void> {
	(await kept.bortfallRegister)?.db.close();
	delete kept.bortfallRegister;
}
