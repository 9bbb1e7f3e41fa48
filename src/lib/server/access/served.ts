import { openAccess, type Access } from './open.ts';

// kept where a hot reload of this module finds it again
const kept = globalThis as typeof globalThis & { bortfallAccess?: Access };

/** The accounts that this process serves, opened the first time they are asked for. */
export function servedAccess(folder: string): Access {
	kept.bortfallAccess ??= openAccess(folder);
	return kept.bortfallAccess;
}

/** Closes the served accounts. */
export function closeServedAccess(): void {
	kept.bortfallAccess?.close();
	delete kept.bortfallAccess;
}
