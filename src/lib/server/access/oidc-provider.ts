import * as client from 'openid-client';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';

/** How an organisation's own sign-in is reached (OpenID Connect), and what of its answer is believed. */
export type OidcSettings = {
	/** Its address, https; plain http only on this machine. */
	issuer: string;
	clientId: string;
	/** None for a public client, which PKCE alone protects. */
	clientSecret?: string;
	/** The claim that holds the e-mail address of an account; most often `email`. */
	claim: string;
	/** Whether the provider must say that it has verified the e-mail address. */
	requireVerified: boolean;
	/** The way of signing in (`acr`) that the provider must have used, if it matters which. */
	acr?: string;
	/** What the button says. */
	name: string;
};

const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

/** What providers have told of themselves, by what they were asked with. */
const known = new Map<string, Promise<client.Configuration>>();

/**
 * The provider of the settings, asked the first time what it offers. Throws when it does not answer, or is reached
 * by plain http on another machine.
 */
export function providerOf(settings: OidcSettings): Promise<client.Configuration> {
	const { issuer, clientId, clientSecret } = settings;
	const key = JSON.stringify([issuer, clientId, clientSecret]);
	const asked = known.get(key) ?? discover(settings);
	known.set(key, asked);
	// one that does not answer is asked anew the next time
	asked.catch(() => known.delete(key));
	return asked;
}

async function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
	const server = new URL(issuer);
	const isLocal = server.protocol === 'http:' && thisMachine.includes(server.hostname);
	return client.discovery(
		server,
		clientId,
		undefined,
		clientSecret ? client.ClientSecretBasic(clientSecret) : client.None(),
		{
			// seconds
			timeout: 10,
			execute: [client.enableNonRepudiationChecks, ...(isLocal ? [client.allowInsecureRequests] : [])]
		}
	);
}

/**
 * Why a provider could not be asked or its answer not be believed, in one line for the log. Part of it may be what
 * somebody has put into an address, so it is short and has no identity number.
 */
export function reasonOf(error: unknown): string {
	const { message, cause } = error instanceof Error ? error : new Error(String(error));
	const code =
		error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError
			? error.error
			: undefined;
	const parts = [message, code, cause instanceof Error ? cause.message : undefined];
	const line = parts.filter((part) => part !== undefined).join(': ');
	return withoutIdentityNumbers(line.replace(/[\s\p{Cc}]+/gu, ' ')).slice(0, 300);
}
