import type { Register } from '#lib/server/register/open.ts';
import { openDesk, type Desk, type DeskSettings } from './desk.ts';

// kept where a hot reload of this module finds it again
const kept = globalThis as typeof globalThis & { bortfallDesk?: { register: Register; desk: Desk } };

/**
 * The desk over the register that this process serves, opened the first time it is asked for, and again when a backup
 * has taken the register's place.
 */
export function servedDesk(register: Register, settings: DeskSettings): Desk {
	const served = kept.bortfallDesk;
	if (served?.register === register) return served.desk;
	served?.desk.close().catch((error: unknown) => console.error(error));
	const desk = openDesk(register, settings);
	kept.bortfallDesk = { register, desk };
	return desk;
}

/** Ends what the served desk has begun, and takes its snapshots away. */
export async function closeServedDesk(): Promise<void> {
	const served = kept.bortfallDesk;
	delete kept.bortfallDesk;
	await served?.desk.close();
}
