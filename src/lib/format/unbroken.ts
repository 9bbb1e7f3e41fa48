const joiner = '\u2060';
const noBreakSpace = '\u00a0';

/**
 * A sentence whose figures do not fall apart over two lines: a range ("3 109–3 425"), and a part with the whole that
 * it is of ("12 av 45", "12 of 45"). Nothing is seen of what holds them together.
 */
export function unbroken(text: string): string {
	return text
		.replaceAll(/(?<=[\d%])–(?=[<>\u2212]?\d)/g, `–${joiner}`)
		.replaceAll(/(?<=\d) (av|of) (?=\d)/g, `${noBreakSpace}$1${noBreakSpace}`);
}
