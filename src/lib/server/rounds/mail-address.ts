import { domainToASCII } from 'node:url';

/** What a name before the @ may be made of besides letters and digits of any language (RFC 5322 atoms, RFC 6531). */
const part = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const bytes = (text: string) => new TextEncoder().encode(text).length;

/**
 * An e-mail address as it is kept: composed letters, no blanks around it, the domain in small letters and as people
 * write it. Letters of any language may stand before the @ and in the domain; quotes, comments, blanks, control
 * characters and addresses without a domain may not. Undefined for whatever is no such address.
 */
export function readEmail(written: string): string | undefined {
	const text = written.trim().normalize('NFC');
	const at = text.lastIndexOf('@');
	const [local, domain] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
	if (at < 1 || bytes(local) > 64 || bytes(text) > 254) return undefined;
	if (!local.split('.').every((each) => part.test(each))) return undefined;
	const labels = asciiDomain(domain).split('.');
	const top = labels.at(-1) ?? '';
	if (labels.length < 2 || !labels.every((each) => label.test(each)) || /^\d+$/.test(top)) return undefined;
	return `${local}@${domain}`;
}

/** An address for comparing: two that are read alike are one recipient. */
export const sameEmail = (email: string): string => {
	const at = email.lastIndexOf('@');
	return `${email.slice(0, at).toLowerCase()}@${asciiDomain(email.slice(at + 1))}`;
};

/** Whether an address can only be written to through a mail server that takes letters beyond ASCII before the @. */
export const needsUtf8 = (email: string) => /[^\p{ASCII}]/u.test(email.slice(0, email.lastIndexOf('@')));

/** What domainToASCII would quietly mend (a full-width dot, a per cent sign) is no domain here. */
const asciiDomain = (domain: string) => (/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) ? domainToASCII(domain) : '');
