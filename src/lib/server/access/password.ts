import { isCommonPassword } from './common-password.ts';

/** Why a password is not taken. */
export type PasswordFault = 'tooShort' | 'tooLong' | 'common' | 'personal';

/** Of any kind, blanks too; OWASP ASVS 5 (6.2.1, 6.2.9) asks for at least 8 and at most not under 64. */
export const leastCharacters = 12;
export const mostCharacters = 128;

/** What is wrong with a password for somebody; undefined when it can be taken. Any characters will do. */
export function passwordFault(
	password: string,
	{ email, name }: { email: string; name: string }
): PasswordFault | undefined {
	const length = [...password.normalize('NFC')].length;
	if (length < leastCharacters) return 'tooShort';
	if (length > mostCharacters) return 'tooLong';
	if (isCommonPassword(password)) return 'common';
	return isPersonal(password, [email, name, 'bortfall']) ? 'personal' : undefined;
}

/** So many letters have to be left when the words that anybody would try first are taken out. */
const leastOwnLetters = 8;

/** Whether a password is made of words of these texts with little else than digits and marks. */
function isPersonal(password: string, texts: readonly string[]): boolean {
	const words = texts
		.flatMap((text) => [letters(text).replaceAll(' ', ''), ...letters(text.replace('@', ' ')).split(' ')])
		.filter((word) => word.length >= 3)
		.sort((a, b) => b.length - a.length);
	const tried = letters(password).replaceAll(' ', '');
	const rest = words.reduce((left, word) => left.replaceAll(word, ' '), tried);
	return rest !== tried && rest.replaceAll(' ', '').length < leastOwnLetters;
}

/** Small letters without accents, anything else as one blank. */
const letters = (text: string) =>
	text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}]+/gu, ' ')
		.trim();
