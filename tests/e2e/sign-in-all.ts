import { request, type FullConfig } from '@playwright/test';
import { roles } from '#lib/access/role.ts';
import { demoAccounts, stateOf } from './signed-in.ts';

/** Signs every role in once, by the ordinary form. */
export default async function signInAll({ projects: [project] }: FullConfig) {
	const baseURL = project?.use.baseURL ?? '';
	for (const role of roles) {
		const context = await request.newContext({
			baseURL,
			extraHTTPHeaders: { origin: baseURL, accept: 'text/html' }
		});
		const answer = await context.post('/sign-in', { form: demoAccounts[role], maxRedirects: 0 });
		if (answer.status() !== 303) throw new Error(`The ${role} could not sign in: ${answer.status()}.`);
		await context.storageState({ path: stateOf(role) });
		await context.dispose();
	}
}
