import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister, type Register } from './open.ts';

// DuckDB would open the same file twice in one process and lose rows: so one register, kept where a hot
// reload of this module finds it again.
const kept = globalThis as typeof globalThis & { bortfallRegister?: Promise<Register> };

/** The register that this process serves, opened the first time it is asked for. */
export function servedRegister(dataFolder: string, definitionFolder: string): Promise<Register> {
	kept.bortfallRegister ??= loadDefinition(definitionFolder).then((definition) =>
		openRegister(dataFolder, definition)
	);
	return kept.bortfallRegister;
}

/** Closes the served register, so that its file is whole and free for commands. */
export async function closeServedRegister(): Promise<void> {
	(await kept.bortfallRegister)?.db.close();
	delete kept.bortfallRegister;
}
