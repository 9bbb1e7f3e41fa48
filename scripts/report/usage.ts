/** Something that the person at the keyboard can put right. */
export class Usage extends Error {}

/** Only the choices that are allowed; anything else is named with them. Throws Usage. */
export function chosen<T extends string>(name: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((each) => each === value);
	if (found === undefined) throw new Usage(`--${name} is ${allowed.join(' or ')}, not “${value}”.`);
	return found;
}

/** What `--set name=value` says, several times over. Throws Usage. */
export function settings(written: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		written.map((each) => {
			const found = /^([a-z][a-z0-9_]*)=(.*)$/s.exec(each);
			if (!found) throw new Usage(`--set is name=value, such as period=2026-01..2026-09, not “${each}”.`);
			return [found[1], found[2]];
		})
	);
}
