import { canFall, fallOf, judgedOf, isPractical, leastApplicable } from './fall.ts';
import { figure } from './figure.ts';
import { judgedPart, untold, type Candidate, type Run, type Told } from './run.ts';
import { lostOf, teller } from './fall-flag.ts';
import { measures } from './measures.ts';
import { practicalDifference } from './change.ts';
import { seriesOf, shareOf, span, type Part } from './series.ts';
import { standings } from './against-others.ts';
import { variations } from './variation.ts';

/** So many months before the period tell how soon a unit sends: how it sent years ago says nothing of now. */
const monthsBefore = 12;

/**
 * Births that came late: fewer in time than in the year before, or clearly fewer than the measure demands and than
 * the other units have. Where most send once a month, to be under the target alone is no news.
 */
export function lateCandidates(whole: Run): Candidate[] {
	const skipped = Math.max(0, whole.judgedFrom - monthsBefore);
	const judgedFrom = whole.judgedFrom - skipped;
	const last = whole.last - skipped;
	const judgedTo = (whole.judgedTo ?? whole.last) - skipped;
	const run: Run = { ...whole, judgedFrom, judgedTo, last, years: [0, judgedFrom] };
	const subject = run.units.map(({ births, onTime }) =>
		seriesOf(births.subarray(skipped), onTime.subarray(skipped), 'good')
	);
	const [variation] = variations([subject], run.years);
	const parts = subject.map((series) => (series ? judgedPart(series, run) : null));
	const others = standings(parts, leastApplicable);
	return run.units.flatMap((unit, at): Candidate[] => {
		const [series, now] = [subject[at], parts[at]];
		if (!series || !now || !variation || now.n < leastApplicable) return [];
		const judged = judgedOf(series, judgedFrom, variation, at);
		const before = span(series, 0, judgedFrom);
		const told = (usual: Part) => (): Told => ({
			matter: { kind: 'late', figure: onTimeOf(now), earlier: onTimeOf(before) },
			births: lostOf(usual, now),
			of: now.n
		});
		const fall = canFall(judged) ? fallOf(judged) : null;
		if (fall && isPractical(fall.before, fall.after))
			return [{ unit, p: twice(fall.p), weight: 1, tell: teller(told(fall.before)) }];
		const standing = others[at];
		if (!standing || shareOf(now) > measures.timeliness.target - practicalDifference) return [untold(unit)];
		return [{ unit, p: twice(standing.p), weight: 1, tell: teller(told(standing.nation)) }];
	});
}

/** Either of two tests may tell. */
const twice = (p: number) => Math.min(1, 2 * p);

const onTimeOf = ({ k, n }: Part) => figure('timeliness', { onTime: k, birthsDue: n });
