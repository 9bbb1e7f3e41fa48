import { leastUnits } from './bands.ts';
import { canFall, fallOf, judgedOf, leastApplicable } from './fall.ts';
import { figure } from './figure.ts';
import { judgedAndSince, judgedPart, untold, valuesOf, type Candidate, type Run, type Told } from './run.ts';
import { lostOf, teller } from './fall-flag.ts';
import { shareOf, type Part } from './series.ts';
import { variations } from './variation.ts';

/** A box that would have been ticked less often than this tells nothing when it is not. */
const leastTicks = 10;

/** Boxes that used to be ticked and hardly are any more. Rare boxes are left alone. */
export function unusedCandidates(run: Run): Candidate[] {
	const boxes = run.variables.filter(({ kind }) => kind === 'ticks');
	const subjects = valuesOf(run, boxes);
	const varied = variations(subjects, run.years);
	return boxes.flatMap(({ id }, subject) => {
		const series = subjects[subject] ?? [];
		const variation = varied[subject];
		const parts = series.map((own) => (own ? judgedPart(own, run) : null));
		return run.units.flatMap((unit, at): Candidate[] => {
			const [own, now] = [series[at], parts[at]];
			if (!own || !now || !variation) return [];
			const judged = judgedOf(own, run.judgedFrom, variation, at);
			if (!canFall(judged)) return [];
			const fall = fallOf(judged);
			if (!fall?.stopped || shareOf(fall.before) * fall.after.n < leastTicks) return [untold(unit)];
			const all = judgedAndSince(own, run);
			const tell = (): Told => ({
				matter: {
					kind: 'odd',
					variable: id,
					odd: {
						what: 'unused',
						code: null,
						share: prevalenceOf(fall.after),
						earlier: shareOf(fall.before),
						nation: othersShare(parts, at)
					},
					figure: prevalenceOf(now)
				},
				births: lostOf(fall.before, all),
				of: all.n
			});
			return [{ unit, p: fall.p, weight: 1, tell: teller(tell) }];
		});
	});
}

/** The share of all units but one; null where they have too few births, or are so few that it would give one away. */
export function othersShare(parts: readonly (Part | null)[], but: number): number | null {
	let k = 0;
	let n = 0;
	let others = 0;
	parts.forEach((part, at) => {
		if (at === but || !part) return;
		k += part.k;
		n += part.n;
		if (part.n > 0) others++;
	});
	return n < leastApplicable || others < leastUnits ? null : k / n;
}

const prevalenceOf = ({ k, n }: Part) => figure('prevalence', { n: k, nApplicable: n });
