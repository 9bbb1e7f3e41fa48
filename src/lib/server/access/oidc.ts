import * as client from 'openid-client';
import { z } from 'zod';
import { findByEmail, findBySubject, type KeptAccount } from './account-row.ts';
import { record } from './audit.ts';
import { endLinks } from './links.ts';
import { providerOf, reasonOf, type OidcSettings } from './oidc-provider.ts';
import type { Access } from './open.ts';
import { beginSession } from './sessions.ts';
import { randomToken, sha256 } from './token.ts';
import { transaction } from './transaction.ts';

export type { OidcSettings } from './oidc-provider.ts';

/** Why nobody was let in: no open account for that person, an address not verified, or anything else. */
export type OidcRefusal = 'unknownAccount' | 'notVerified' | 'failed';

/** How long somebody may take at the provider, in ms. */
export const journeyLasts = 10 * 60_000;

/**
 * Where to send somebody who signs in by the organisation (authorization code flow with PKCE, state and nonce), and
 * what a cookie has to keep until they come back to `redirectUri`; of that only a hash is kept here, for ten
 * minutes. `why` is for the log, when the provider does not answer as it should.
 */
export async function oidcStart(
	access: Access,
	settings: OidcSettings,
	redirectUri: string,
	instant: number
): Promise<{ url: string; keep: string } | { refused: 'failed'; why: string }> {
	try {
		const provider = await providerOf(settings);
		const [state, nonce] = [client.randomState(), client.randomNonce()];
		const verifier = client.randomPKCECodeVerifier();
		const url = client.buildAuthorizationUrl(provider, {
			redirect_uri: redirectUri,
			scope: 'openid email profile',
			response_type: 'code',
			state,
			nonce,
			code_challenge: await client.calculatePKCECodeChallenge(verifier),
			code_challenge_method: 'S256',
			...(settings.acr && { acr_values: settings.acr })
		});
		const keep = randomToken();
		transaction(access, () => {
			access.db.prepare('delete from journey where ends_at <= ?').run(instant);
			access.db
				.prepare('insert into journey values (?, ?, ?, ?, ?)')
				.run(sha256(keep), state, nonce, verifier, instant + journeyLasts);
		});
		return { url: url.href, keep };
	} catch (error) {
		return { refused: 'failed', why: reasonOf(error) };
	}
}

/**
 * Lets in whoever comes back from the provider to `currentUrl` with the cookie's `keep`: a whole session, as the
 * organisation asks for a second factor itself. An account is known by issuer and subject once it is linked; the
 * first time by the claim, which links it. An invited account opens by that.
 */
export async function oidcFinish(
	access: Access,
	settings: OidcSettings,
	currentUrl: URL,
	keep: string | undefined,
	address: string | null,
	instant: number
): Promise<{ session: string } | { refused: OidcRefusal; why?: string }> {
	const journey = takeJourney(access, keep, instant);
	if (!journey) return { refused: 'failed', why: 'nothing is kept of the way to the provider' };
	let person: Person;
	try {
		person = await askProvider(settings, currentUrl, journey);
	} catch (error) {
		return { refused: 'failed', why: reasonOf(error) };
	}
	return transaction(access, () => {
		const found = accountOf(access, person, settings);
		if ('refused' in found) {
			const what = `OpenID Connect: ${found.refused}`;
			record(access, { at: instant, who: null, name: '', act: 'signInFailed', what, address });
			return found;
		}
		link(access, found.account, person);
		return { session: beginSession(access, found.account.id, 'whole', address, instant) };
	});
}

const journeyRow = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
type Journey = z.infer<typeof journeyRow>;

/** What was kept when somebody set out; it is used up by that. */
function takeJourney({ db }: Access, keep: string | undefined, instant: number): Journey | undefined {
	if (!keep) return undefined;
	const found = db
		.prepare('delete from journey where token_hash = ? and ends_at > ? returning state, nonce, verifier')
		.get(sha256(keep), instant);
	return found && journeyRow.parse(found);
}

/** Whom the provider says that somebody is. */
type Person = { issuer: string; subject: string; email: string | undefined; isVerified: boolean };

async function askProvider(settings: OidcSettings, currentUrl: URL, journey: Journey): Promise<Person> {
	const provider = await providerOf(settings);
	const tokens = await client.authorizationCodeGrant(provider, currentUrl, {
		expectedState: journey.state,
		expectedNonce: journey.nonce,
		pkceCodeVerifier: journey.verifier,
		idTokenExpected: true
	});
	const claims = tokens.claims();
	if (!claims) throw new Error('the provider sent no ID token');
	if (settings.acr && claims.acr !== settings.acr) throw new Error('acr is not the one asked for');
	// some providers tell of the person only when asked once more
	const known =
		settings.claim in claims ? claims : await client.fetchUserInfo(provider, tokens.access_token, claims.sub);
	const email = known[settings.claim];
	return {
		issuer: claims.iss,
		subject: claims.sub,
		email: typeof email === 'string' ? email : undefined,
		isVerified: known.email_verified === true
	};
}

function accountOf(
	access: Access,
	{ issuer, subject, email, isVerified }: Person,
	{ requireVerified }: OidcSettings
): { account: KeptAccount } | { refused: OidcRefusal } {
	const linked = findBySubject(access, issuer, subject);
	if (!linked && email !== undefined && requireVerified && !isVerified) return { refused: 'notVerified' };
	const account = linked ?? (email === undefined ? undefined : findByEmail(access, email));
	if (!account || account.state === 'closed' || account.isDemo) return { refused: 'unknownAccount' };
	// the address has passed to somebody else at the provider
	if (!linked && isLinked(access, account)) return { refused: 'unknownAccount' };
	return { account };
}

const isLinked = ({ db }: Access, { id }: KeptAccount) =>
	db.prepare('select 1 from account where id = ? and subject is not null').get(id) !== undefined;

function link(access: Access, { id, state }: KeptAccount, { issuer, subject }: Person): void {
	access.db
		.prepare(`update account set issuer = ?, subject = ?, state = 'open' where id = ?`)
		.run(issuer, subject, id);
	if (state === 'invited') endLinks(access, id);
}
