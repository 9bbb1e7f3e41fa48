/** Letters that do not come apart into a plain one and its mark. */
const whole: Record<string, string> = { ß: 'ss', æ: 'ae', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' };

/**
 * A title as a name for addresses and files: small letters a–z and digits with hyphens between words, å and ä as a,
 * at most `longest` letters, not cut within a word where that can be avoided. Empty where nothing is left.
 */
export function fold(title: string, longest: number): string {
	const words = title
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[ßæøđðþłı]/g, (letter) => whole[letter] ?? '')
		.replace(/\p{M}/gu, '')
		.split(/[^a-z0-9]+/)
		.filter(Boolean);
	const first = words.findIndex((word) => /^[a-z]/.test(word));
	let name = '';
	// a name begins with a letter: “2026 års rapport” is put behind its number
	for (const word of first > 0 ? [...words.slice(first), ...words.slice(0, first)] : words)
		if (name.length + word.length + 1 <= longest) name += (name && '-') + word;
		else if (name === '') name = word.slice(0, longest);
	return name;
}
