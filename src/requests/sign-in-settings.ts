import {
	BORTFALL_OIDC_ACR,
	BORTFALL_OIDC_CLAIM,
	BORTFALL_OIDC_CLIENT_ID,
	BORTFALL_OIDC_CLIENT_SECRET,
	BORTFALL_OIDC_ISSUER,
	BORTFALL_OIDC_NAME
} from '$app/env/private';
import type { OidcSettings } from '#lib/server/access/oidc.ts';

/** The organisation's sign-in as the settings have it; undefined without one. Throws where a setting is lacking. */
export function signInSettings(): OidcSettings | undefined {
	const issuer = BORTFALL_OIDC_ISSUER;
	if (issuer === undefined) return undefined;
	if (!BORTFALL_OIDC_CLIENT_ID)
		throw new Error('BORTFALL_OIDC_ISSUER is set, so BORTFALL_OIDC_CLIENT_ID is needed too.');
	return {
		issuer,
		clientId: BORTFALL_OIDC_CLIENT_ID,
		...(BORTFALL_OIDC_CLIENT_SECRET && { clientSecret: BORTFALL_OIDC_CLIENT_SECRET }),
		claim: BORTFALL_OIDC_CLAIM,
		requireVerified: BORTFALL_OIDC_CLAIM === 'email',
		...(BORTFALL_OIDC_ACR && { acr: BORTFALL_OIDC_ACR }),
		name: BORTFALL_OIDC_NAME ?? new URL(issuer).hostname
	};
}
