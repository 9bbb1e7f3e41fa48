import { m } from '#lib/paraglide/messages.js';
import { leastCharacters, mostCharacters, type PasswordFault } from '#lib/server/access/password.ts';

/** What a reader is told of a password that is not taken. */
export function passwordWords(fault: PasswordFault): string {
	return {
		tooShort: () => m.password_too_short({ least: leastCharacters }),
		tooLong: () => m.password_too_long({ most: mostCharacters }),
		common: () => m.password_common(),
		personal: () => m.password_personal()
	}[fault]();
}
