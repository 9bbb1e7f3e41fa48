import { leastBirths } from './run.ts';
import type { Flag, FlagKind } from './flag.ts';

/** What is said of a variable, the most telling first: what comes first leaves nothing to say to the others. */
const telling: readonly FlagKind[] = ['stopped', 'dropped', 'low'];
/** A loss has to be a fifth, and five births, more than what explains it to be told besides. */
const besides = 1.2;

/**
 * The flags of one unit without those that another explains: values that are gone with a form or because they
 * are not permitted, the less telling of two about the same values, an odd distribution of values that are gone.
 */
export function toldOnce(flags: readonly Flag[], formOf: ReadonlyMap<string, string>): Flag[] {
	const missing = new Map<string, Flag>();
	const wrong = new Map<string, Flag>();
	for (const flag of flags) {
		if (flag.kind === 'formMissing') keepMore(missing, flag.form, flag);
		if (flag.kind === 'invalid') keepMore(wrong, flag.variable, flag);
	}
	const explained = (flag: Flag, by: Flag | undefined) =>
		by !== undefined && flag.births <= Math.max(by.births * besides, by.births + leastBirths);
	const values = new Map<string, Flag>();
	const others: Flag[] = [];
	for (const flag of flags) {
		if (!('variable' in flag)) {
			if (flag.kind !== 'formMissing' || missing.get(flag.form) === flag) others.push(flag);
			continue;
		}
		const form = missing.get(formOf.get(flag.variable) ?? '');
		if (telling.includes(flag.kind)) {
			if (explained(flag, form) || explained(flag, wrong.get(flag.variable))) continue;
			const kept = values.get(flag.variable);
			if (!kept || telling.indexOf(flag.kind) < telling.indexOf(kept.kind)) values.set(flag.variable, flag);
		} else if (flag.kind !== 'odd' || !explained(flag, form)) others.push(flag);
	}
	return [...values.values(), ...others.filter((flag) => flag.kind !== 'odd' || !values.has(flag.variable))];
}

function keepMore(kept: Map<string, Flag>, key: string, flag: Flag): void {
	const other = kept.get(key);
	// of two tests of the same, the one that knows since when tells more
	const more = !other || (since(flag) && !since(other)) || (since(flag) === since(other) && flag.p < other.p);
	if (more) kept.set(key, flag);
}

const since = (flag: Flag) => 'since' in flag && flag.since !== null;
