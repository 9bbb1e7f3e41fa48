/** Stands for our own origin while an address is read; nothing is asked of it. */
const here = 'http://here.invalid';

/**
 * Where an address of ours leads to after the sign-in that it asked for: path, query and fragment. Undefined for
 * whatever could lead elsewhere (another host, however it is written) or back to signing in or out.
 */
export function localPath(text: string | null): string | undefined {
	if (!text?.startsWith('/') || !URL.canParse(text, here)) return undefined;
	// read as a browser reads it: it takes a backslash for a slash, leaves tabs out, and resolves dots
	const { origin, pathname, search, hash } = new URL(text, here);
	if (origin !== here || pathname.startsWith('//')) return undefined;
	if (/^(\/[a-z]{2})?\/sign-(in|out)(\/|$)/.test(pathname)) return undefined;
	return pathname + search + hash;
}
