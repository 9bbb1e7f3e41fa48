import { join } from 'node:path';
import type { Role } from '#lib/access/role.ts';

/** The demo's account of each role, as the sign-in page of the demo shows it. */
export const demoAccounts: Record<Role, { email: string; password: string }> = {
	unitManager: { email: 'maria.berg@demo.example', password: 'maria.berg-demo' },
	coordinator: { email: 'karin.lund@demo.example', password: 'karin.lund-demo' },
	statistician: { email: 'erik.holm@demo.example', password: 'erik.holm-demo' },
	administrator: { email: 'anna.sjo@demo.example', password: 'anna.sjo-demo' }
};

/** The file with the cookie of a session of each role, made once for all tests. */
export const stateOf = (role: Role) =>
	join(process.env.BORTFALL_E2E_FOLDER ?? '', 'sessions', `${role}.json`);

/** Nobody signed in: for `test.use`. */
export const signedOut = { storageState: { cookies: [], origins: [] } };
