import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { OidcSettings } from '#lib/server/access/oidc.ts';

export const callback = 'http://localhost:3999/sign-in/oidc/callback';

/** Whom the provider lets in without asking anything, and what it says of them. */
export type Person = { sub: string; email?: string; email_verified?: boolean; upn?: string; acr?: string };

export type OwnProvider = {
	settings: OidcSettings;
	/** Follows the redirects from an address at the provider, as a browser would, until they lead back to us. */
	walk(url: string, person: Person): Promise<URL>;
	close(): Promise<void>;
};

const clientSecret = 'a secret of the client that is long enough for any signature';

/** An OpenID provider on a free port of this machine, which tells claims in its ID token or when asked for more. */
export async function ownProvider(tells: 'inToken' | 'whenAsked' = 'inToken'): Promise<OwnProvider> {
	let person: Person = { sub: '' };
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
	const provider: Provider = new Provider(issuer, {
		clients: [
			{ client_id: 'bortfall', client_secret: clientSecret, redirect_uris: [callback] },
			{ client_id: 'public', token_endpoint_auth_method: 'none', redirect_uris: [callback] }
		],
		jwks: { keys: [{ ...key, kty: 'RSA', use: 'sig' }] },
		cookies: { keys: ['signs the cookies of a test'] },
		claims: { openid: ['sub', 'acr'], email: ['email', 'email_verified'], profile: ['upn'] },
		acrValues: ['mfa', 'password'],
		conformIdTokenClaims: tells === 'whenAsked',
		features: { devInteractions: { enabled: false } },
		interactions: { url: (_, { uid }) => `/interaction/${uid}` },
		findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
		ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
		loadExistingGrant: async ({ oidc }) => {
			const { client, session } = oidc;
			const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
			grant.addOIDCScope('openid email profile');
			await grant.save();
			return grant;
		}
	});
	const answer = provider.callback();
	server.on('request', (request, response) => {
		if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
		const login = { accountId: person.sub, ...(person.acr && { acr: person.acr }) };
		const result = person.sub === '' ? { error: 'access_denied' } : { login };
		provider.interactionFinished(request, response, result).catch(() => response.destroy());
	});
	return {
		settings: {
			issuer,
			clientId: 'bortfall',
			clientSecret,
			claim: 'email',
			requireVerified: true,
			name: 'The organisation'
		},
		walk: (url, who) => {
			person = who;
			return walked(url);
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}

async function walked(start: string): Promise<URL> {
	const cookies = new Map<string, string>();
	let url = start;
	for (let step = 0; step < 10; step++) {
		if (url.startsWith(callback)) return new URL(url);
		const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
		for (const each of response.headers.getSetCookie()) {
			const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
			cookies.set(name, value);
		}
		const next = response.headers.get('location');
		if (!next) throw new Error(`${response.status} ${await response.text()}`);
		url = new URL(next, url).href;
	}
	throw new Error('The provider leads nowhere.');
}
