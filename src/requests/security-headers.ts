const always = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=()',
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY'
};

/**
 * Sets the headers that every answer has (OWASP ASVS 5, 3.4; the content security policy is Kit's, see
 * vite.config.ts). What somebody signed in was shown stays in no cache: the next at the same screen is not to
 * leaf back to it.
 */
export function setSecurityHeaders(
	headers: Headers,
	{ https, personal }: Record<'https' | 'personal', boolean>
) {
	for (const [name, value] of Object.entries(always)) if (!headers.has(name)) headers.set(name, value);
	if (https) headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
	if (!headers.has('cache-control'))
		headers.set('cache-control', personal ? 'private, no-store' : 'private, no-cache');
}
