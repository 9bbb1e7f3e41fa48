/** Everything in an answer: the texts, the numbers, and the keys of objects and maps. */
export function parts(answer: unknown): { texts: string[]; numbers: number[] } {
	const found = { texts: [] as string[], numbers: [] as number[] };
	const seen = new Set<unknown>();
	const walk = (value: unknown): void => {
		if (typeof value === 'string') found.texts.push(value);
		else if (typeof value === 'number') found.numbers.push(value);
		if (value === null || typeof value !== 'object' || seen.has(value)) return;
		seen.add(value);
		if (value instanceof Map) for (const entry of value) walk(entry);
		else if (value instanceof Set || Array.isArray(value) || ArrayBuffer.isView(value))
			for (const each of value as Iterable<unknown>) walk(each);
		else for (const entry of Object.entries(value)) walk(entry);
	};
	walk(answer);
	return found;
}

/** What must not be in an answer: names in any text, and numbers as they are. */
export type Foreign = { names: readonly string[]; numbers: readonly number[] };

/** What of it is there: a name as a word of its own in a text, or a number that is not a matter of chance. */
export function leaks(answer: unknown, { names, numbers }: Foreign): (string | number)[] {
	const { texts, numbers: told } = parts(answer);
	const all = texts.join('\n').toLowerCase();
	const named = names.filter((name) =>
		new RegExp(`(?<![\\p{L}\\d-])${RegExp.escape(name.toLowerCase())}(?![\\p{L}\\d-])`, 'u').test(all)
	);
	const shown = numbers.filter((number) => told.some((each) => Math.abs(each - number) < 1e-12));
	return [...named, ...shown];
}
