import { practicalDifference, type Change } from './change.ts';
import type { Figure } from './figure.ts';
import type { Volume } from './volume.ts';

/**
 * Something that a unit should look at, with the figures that say so. `births` is how many births (or
 * deliveries) are concerned, so that findings can be put in order of what is lost.
 */
export type Finding =
	| { kind: 'notReported'; months: string[]; births: number }
	| { kind: 'volumeLow' | 'volumeHigh'; volume: Volume; births: number }
	| { kind: 'formMissing'; form: string; figure: Figure; births: number; since: Since | null }
	| {
			kind: 'variable';
			variable: string;
			figure: Figure;
			earlier: Figure;
			births: number;
			since: Since | null;
	  }
	| { kind: 'invalid'; variable: string; figure: Figure; births: number }
	| { kind: 'implausible'; variable: string; figure: Figure; births: number }
	| { kind: 'late'; figure: Figure; births: number };

/**
 * The first month since which something has been amiss without a break, and the figure of the months from
 * then on. Null where that was not asked, where it comes and goes, or where it has been so all through.
 */
export type Since = { month: string; figure: Figure };

/** One variable as it is judged: without a target nothing is demanded of it, but a drop is still seen. */
export type JudgedVariable = {
	variable: string;
	form: string;
	target: number | null;
	figure: Figure;
	earlier: Figure;
	change: Change | null;
	/** Shares of invalid values among the applicable, and of implausible ones among the recorded. */
	invalid: Figure;
	implausible: Figure;
};

/** So many births short is little enough to be left to the receipts. */
const leastBirths = 5;
/** A share of values that are not permitted, or not likely, that is worth a call. */
const tooManyWrong = 0.05;

/**
 * What stands out in a unit's figures, the most births concerned first. A variable is a finding when it
 * fell by at least five points, more than chance allows, or lies at least five points below its target
 * with no earlier year to say that it always has. What a missing form explains is told once, as the form.
 */
export function findings(judged: {
	missingMonths: { month: string; expected: number }[];
	volume: Volume;
	forms: { form: string; figure: Figure }[];
	variables: JudgedVariable[];
	timeliness: Figure;
}): Finding[] {
	const found: Finding[] = [];
	const { missingMonths, volume, forms, variables, timeliness } = judged;
	if (missingMonths.length)
		found.push({
			kind: 'notReported',
			months: missingMonths.map((m) => m.month),
			births: Math.round(missingMonths.reduce((sum, m) => sum + m.expected, 0))
		});
	else if (volume.expected !== null && (volume.status === 'low' || volume.status === 'high'))
		found.push({
			kind: volume.status === 'low' ? 'volumeLow' : 'volumeHigh',
			volume,
			births: Math.round(Math.abs(volume.expected - volume.observed))
		});
	for (const { form, figure } of forms)
		if (figure.status === 'missed' && figure.numerator >= leastBirths)
			found.push({ kind: 'formMissing', form, figure, births: figure.numerator, since: null });
	const lostWithForm = new Map(found.flatMap((f) => (f.kind === 'formMissing' ? [[f.form, f.births]] : [])));
	for (const v of variables) found.push(...ofVariable(v, lostWithForm.get(v.form) ?? 0));
	if (timeliness.status === 'missed')
		found.push({ kind: 'late', figure: timeliness, births: timeliness.denominator - timeliness.numerator });
	return found.filter((f) => f.births >= leastBirths).toSorted((a, b) => b.births - a.births);
}

/** Values lost besides those of a missing form have to be this much more than the form's to be told too. */
const besidesForm = 1.1;

function ofVariable(judged: JudgedVariable, lostWithForm: number): Finding[] {
	const { variable, target, figure, earlier, change, invalid, implausible } = judged;
	if (figure.share === null) return [];
	const found: Finding[] = [];
	if (invalid.share !== null && invalid.share >= tooManyWrong)
		found.push({ kind: 'invalid', variable, figure: invalid, births: invalid.numerator });
	else if (
		fell(change) ||
		(earlier.share === null && target !== null && figure.share <= target - practicalDifference)
	) {
		const missing = figure.denominator - figure.numerator;
		const usual = earlier.share === null ? 0 : Math.round((1 - earlier.share) * figure.denominator);
		const births = missing - usual;
		if (births > lostWithForm * besidesForm)
			found.push({ kind: 'variable', variable, figure, earlier, births, since: null });
	}
	if (implausible.share !== null && implausible.share >= tooManyWrong)
		found.push({ kind: 'implausible', variable, figure: implausible, births: implausible.numerator });
	return found;
}

/**
 * Whether a variable may be a finding at all, from its shares alone (a share of 0 for none of the wrong kinds):
 * for thousands of variables this is told sooner than their intervals. Never false for one that is.
 */
export function mayStandOut(shares: {
	share: number | null;
	earlier: number | null;
	target: number | null;
	invalid: number;
	implausible: number;
}): boolean {
	const { share, earlier, target, invalid, implausible } = shares;
	if (share === null) return false;
	if (invalid >= tooManyWrong || implausible >= tooManyWrong) return true;
	if (earlier !== null) return earlier - share >= practicalDifference - 1e-9;
	return target !== null && share <= target - practicalDifference + 1e-9;
}

const fell = (change: Change | null) =>
	change !== null && change.practical && change.statistical && change.difference < 0;

/**
 * The month since which a share has been low without a break, by its monthly shares in time order: more
 * than half way from `usual` down to its present `share`. Null when the last month is not low.
 */
export function lowSince(
	months: readonly { month: string; share: number | null }[],
	usual: number,
	share: number
): string | null {
	const told = months.filter((m) => m.share !== null);
	const lowest = Math.min(share, told.at(-1)?.share ?? share);
	const low = (m: { share: number | null }) => (m.share ?? 1) < (usual + lowest) / 2;
	const lastFine = told.findLastIndex((m) => !low(m));
	return told[lastFine + 1]?.month ?? null;
}
