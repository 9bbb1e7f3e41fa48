import { atMost } from './tail.ts';
import { canFall, fallOf, isPractical, leastApplicable } from './fall.ts';
import { figure } from './figure.ts';
import { judgedPart, untold, type Candidate, type Run, type Told } from './run.ts';
import { lostOf, teller } from './fall-flag.ts';
import { measures } from './measures.ts';
import { practicalDifference } from './change.ts';
import { seriesOf, shareOf, span, type Part } from './series.ts';
import { variations } from './variation.ts';

/** Births that came late: fewer in time than before, or clearly fewer than the measure demands. */
export function lateCandidates(run: Run): Candidate[] {
	const subject = run.units.map(({ births, onTime }) => seriesOf(births, onTime, 'good'));
	const [variation] = variations([subject], run.years);
	return run.units.flatMap((unit, at): Candidate[] => {
		const series = subject[at];
		if (!series || !variation) return [];
		const now = judgedPart(series, run);
		if (now.n < leastApplicable) return [];
		const judged = {
			series,
			judgedFrom: run.judgedFrom,
			years: variation.years,
			months: variation.months[at] ?? 1
		};
		const before = span(series, 0, run.judgedFrom);
		const fall = canFall(judged) ? fallOf(judged) : null;
		const { target } = measures.timeliness;
		const told = (usual: number) => (): Told => ({
			matter: { kind: 'late', figure: onTimeOf(now), earlier: onTimeOf(before) },
			births: lostOf({ k: usual, n: 1 }, now),
			of: now.n
		});
		if (fall && isPractical(fall.before, fall.after))
			return [{ unit, p: twice(fall.p), weight: 1, tell: teller(told(shareOf(fall.before))) }];
		if (shareOf(now) > target - practicalDifference) return [untold(unit)];
		return [{ unit, p: twice(atMost(now.k, now.n, target)), weight: 1, tell: teller(told(target)) }];
	});
}

/** Either of two tests may tell. */
const twice = (p: number) => Math.min(1, 2 * p);

const onTimeOf = ({ k, n }: Part) => figure('timeliness', { onTime: k, birthsDue: n });
