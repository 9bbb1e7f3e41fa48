import { addDemoAccount } from '#lib/server/access/demo-accounts.ts';
import { listAccounts } from '#lib/server/access/accounts.ts';
import { openAccess } from '#lib/server/access/open.ts';
import { beginSession } from '#lib/server/access/sessions.ts';

const bench = { name: 'Bench', email: 'bench@demo.example', password: 'bench-of-bortfall' };

/** The cookie of an administrator's session in a data folder, for requests of the bench. */
export async function benchCookie(folder: string): Promise<string> {
	const access = openAccess(folder);
	try {
		const instant = Date.now();
		const known = () => listAccounts(access).find(({ email }) => email === bench.email);
		if (!known())
			await addDemoAccount(access, { ...bench, role: 'administrator', units: [], regions: [] }, instant);
		return `session=${beginSession(access, known()?.id ?? '', 'whole', '127.0.0.1', instant)}`;
	} finally {
		access.close();
	}
}
