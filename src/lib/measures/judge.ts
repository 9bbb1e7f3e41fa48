import { benjaminiHochberg, falseDiscoveries } from './benjamini-hochberg.ts';
import { byBirths, flagId, type Flag, type Severity } from './flag.ts';
import { codeCandidates } from './code-flag.ts';
import { formCandidates } from './form-flag.ts';
import { lowCandidates } from './low-flag.ts';
import { lateCandidates } from './late-flag.ts';
import { runOf, type Candidate, type Run, type Told } from './run.ts';
import { toldOnce } from './told-once.ts';
import { unusedCandidates } from './unused-flag.ts';
import { fallCandidates } from './fall-flag.ts';
import { volumeCandidates } from './volume-flag.ts';
import { wrongCandidates } from './wrong-flag.ts';
import type { NationHistory } from './history.ts';

/**
 * The kinds of tests, and what part of all belief each has, however many tests it makes: a unit's births are one
 * test, its values some hundreds. Falls have most, as they are what a unit is called about; being low among the
 * units has little, since it is no news.
 */
const kinds: readonly { test: (run: Run) => Candidate[]; part: number }[] = [
	{ test: volumeCandidates, part: 0.25 },
	{ test: formCandidates, part: 0.03 },
	{ test: lateCandidates, part: 0.03 },
	{ test: fallCandidates, part: 0.55 },
	{ test: lowCandidates, part: 0.01 },
	{ test: (run) => wrongCandidates(run, 'invalid'), part: 0.04 },
	{ test: (run) => wrongCandidates(run, 'implausible'), part: 0.02 },
	{ test: unusedCandidates, part: 0.03 },
	{ test: codeCandidates, part: 0.04 }
];

/**
 * All that should be looked at in a run, what concerns most births first. Every test that was made counts in the
 * one correction for their number; a flag is both unlikely (p after it under 0.05) and large enough to matter. `p`
 * of a flag is the corrected one. A part of the nation can be judged by itself: what a unit is held against other
 * units for is then left out where they are too few.
 */
export function judge(history: NationHistory): Flag[] {
	const run = runOf(history);
	const tested = kinds.map(({ test, part }) => {
		const candidates = test(run);
		const sum = candidates.reduce((total, { weight }) => total + weight, 0);
		return { candidates, weights: candidates.map(({ weight }) => (part * weight) / sum) };
	});
	const candidates = tested.flatMap((kind) => kind.candidates);
	const adjusted = benjaminiHochberg(
		candidates.map(({ p }) => p),
		tested.flatMap((kind) => kind.weights)
	);
	const found = new Map<string, Flag[]>();
	const start = run.months[run.judgedFrom] ?? '';
	candidates.forEach(({ unit, tell }, at) => {
		const p = adjusted[at] ?? 1;
		if (!tell || p >= falseDiscoveries) return;
		const told = tell();
		const flag: Flag = {
			...told.matter,
			id: flagId(told.matter, start),
			unit: unit.unit,
			severity: severityOf(told),
			births: told.births,
			p
		};
		const own = found.get(unit.unit);
		if (own) own.push(flag);
		else found.set(unit.unit, [flag]);
	});
	const formOf = new Map(run.variables.map(({ id, form }) => [id, form]));
	return [...found.values()].flatMap((flags) => toldOnce(flags, formOf)).toSorted(byBirths);
}

/** Shares of the judged births that make a flag grave, or slight. */
const grave = 0.25;
const slight = 0.05;
/** A form that is missing for so many is to be called about, however few births that are. */
const formGrave = 0.5;

function severityOf({ matter, births, of }: Told): Severity {
	if (matter.kind === 'stopped' || matter.kind === 'notReported') return 'high';
	if (matter.kind === 'formMissing' && (matter.figure.share ?? 0) >= formGrave) return 'high';
	const part = of > 0 ? births / of : 0;
	return part >= grave ? 'high' : part < slight ? 'low' : 'middle';
}
