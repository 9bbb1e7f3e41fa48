import { Secret, TOTP } from 'otpauth';
import { z } from 'zod';
import type { Access } from './open.ts';
import { unsealed } from './sealed-secret.ts';

/** What telephones assume (RFC 6238): SHA-1, six digits, a new code every 30 seconds. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 };

/** A new secret of 160 bits in base32, as it is typed into a telephone that reads no picture. */
export const newSecret = () => new Secret({ size: 20 }).base32;

/** The address that a telephone reads, `otpauth://totp/Bortfall:…`. */
export const codeUri = (secret: string, email: string) =>
	new TOTP({ ...settings, issuer: 'Bortfall', label: email, secret }).toString();

/** Digits alone: a code, with the blank that some telephones show in the middle of it. */
export const isCode = (written: string) => /^\d{3}\s?\d{3}$/.test(written.trim());

/** The number of the 30 seconds that a code belongs to, one step early or late at most; undefined when it is wrong. */
export function stepOf(secret: string, written: string, instant: number): number | undefined {
	if (!isCode(written)) return undefined;
	const token = written.replace(/\s/g, '');
	const { algorithm, digits, period } = settings;
	const code = { token, secret: Secret.fromBase32(secret), algorithm, digits, period };
	const away = TOTP.validate({ ...code, timestamp: instant, window: 1 });
	return away === null ? undefined : TOTP.counter({ period, timestamp: instant }) + away;
}

const row = z.object({ secret: z.string() });

/** Whether a code is the account's now. Each is taken once, and none that is older than one taken before. */
export function takeCode(access: Access, accountId: string, written: string, instant: number): boolean {
	const found = access.db.prepare('select secret from second_factor where account = ?').get(accountId);
	if (!found) return false;
	const step = stepOf(unsealed(access, row.parse(found).secret, accountId), written, instant);
	if (step === undefined) return false;
	const { changes } = access.db
		.prepare('update second_factor set last_step = ? where account = ? and last_step < ?')
		.run(step, accountId, step);
	return changes === 1;
}
