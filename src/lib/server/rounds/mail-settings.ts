/** Whom a mail is from or to; without a name the address stands alone. */
export type MailAddress = { name: string; address: string };

/** Reads `bortfall@example.org` or `The register <bortfall@example.org>`; undefined for anything else. */
export function readMailAddress(written: string): MailAddress | undefined {
	const found = /^(?:([^<>@\p{C}]*)<([^<>\s]+@[^<>\s]+)>|([^<>\s\p{C}]+@[^<>\s\p{C}]+))$/u.exec(
		written.trim()
	);
	if (!found) return undefined;
	const [, name = '', named, alone = ''] = found;
	return { name: name.trim().replace(/^"(.*)"$/, '$1'), address: named ?? alone };
}

/** How a mail server is reached. `secure`: TLS from the first byte; else STARTTLS where the server offers it. */
export type SmtpSettings = { host: string; port: number; secure: boolean; user?: string; password?: string };

/** What every mail needs besides its text: from whom, where answers go, and whether the PDF goes along. */
export type MailSettings = { from: MailAddress; replyTo?: MailAddress; attach: boolean };

/**
 * Reads `smtp://user:password@host:port` or `smtps://…`. Undefined for anything else. A user's name and password are
 * written as in any address (%40 for @).
 */
export function readSmtpUrl(written: string): SmtpSettings | undefined {
	const url = URL.canParse(written) ? new URL(written) : undefined;
	if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname || url.pathname.length > 1 || url.search)
		return undefined;
	const secure = url.protocol === 'smtps:';
	const [user, password] = [url.username, url.password].map(decoded);
	if (user === undefined || password === undefined) return undefined;
	return {
		host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
		port: url.port ? Number(url.port) : secure ? 465 : user ? 587 : 25,
		secure,
		...(user && { user, password })
	};
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}
