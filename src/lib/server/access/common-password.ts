import { dictionary } from '@zxcvbn-ts/language-common';

/** Some 49,000 passwords that many people use, 18,000 of them of eight characters or more. */
const listed: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** What is written for a letter so that a word looks like none. */
const written: Record<string, string> = {
	'@': 'a',
	'4': 'a',
	'3': 'e',
	'1': 'i',
	'!': 'i',
	'0': 'o',
	$: 's',
	'5': 's',
	'7': 't'
};

/**
 * Whether a password is one that many use: as it stands, with digits and marks around it or in it, with digits and
 * marks in place of letters, or over and over; or if its characters follow one another ("abcdefghijkl").
 */
export function isCommonPassword(password: string): boolean {
	const small = password.normalize('NFC').toLowerCase();
	const words = [small, withLetters(small)].flatMap((text) => [text, withoutMarks(text)]);
	return words.some((text) => isUsual(text) || isUsual(withoutEnds(text)));
}

function isUsual(text: string): boolean {
	const once = repeated(text);
	// what is short and said over and over is no better for being on no list
	return listed.has(text) || listed.has(once) || (once !== text && once.length <= 4) || isRow(text);
}

const withLetters = (text: string) =>
	text.replace(/[@4310!$57]/g, (character) => written[character] ?? character);

const withoutMarks = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** Without the digits, marks and blanks before the first letter and after the last. */
const withoutEnds = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** What a text is made of when it is the same over and over, the last time perhaps in part; else the text itself. */
function repeated(text: string): string {
	for (let length = 1; length <= text.length / 2; length++) {
		const once = text.slice(0, length);
		if (once.repeat(Math.ceil(text.length / length)).startsWith(text)) return once;
	}
	return text;
}

/** Whether each character follows the one before it, forwards or backwards; 0 follows 9. */
function isRow(text: string): boolean {
	if (text.length < 4) return false;
	const steps = new Set(
		[...text].slice(1).map((character, index) => {
			const step = (character.codePointAt(0) ?? 0) - (text.codePointAt(index) ?? 0);
			return /^\d\d$/.test(text.slice(index, index + 2)) ? (step + 10) % 10 : step;
		})
	);
	const [step = 0] = steps;
	return steps.size === 1 && [1, -1, 9].includes(step);
}
