import { canFall, deviationsOf, fallOf, judgedOf, isPractical, type Fall, type Judged } from './fall.ts';
import { figure } from './figure.ts';
import {
	judgedAndSince,
	judgedPart,
	leastBirths,
	untold,
	valuesOf,
	type Candidate,
	type Run,
	type Told
} from './run.ts';
import { practicalDifference } from './change.ts';
import { shareOf, span, type Part, type Series } from './series.ts';
import { variations } from './variation.ts';
import type { JudgedVariable } from './history.ts';
import type { Since } from './flag.ts';

/** Values that stopped or dropped against the unit's own history: a test of each variable of each unit. */
export function fallCandidates(run: Run): Candidate[] {
	const variables = run.variables.filter(({ kind }) => kind === 'value');
	const subjects = valuesOf(run, variables);
	const varied = variations(subjects, run.years);
	return variables.flatMap((variable, subject) => {
		const series = subjects[subject] ?? [];
		const variation = varied[subject];
		return run.units.flatMap((unit, at): Candidate[] => {
			const own = series[at];
			if (!own || !variation) return [];
			const judged = judgedOf(own, run.judgedFrom, variation, at);
			if (!canFall(judged)) return [];
			const fall = fallOf(judged);
			const weight = weightOf(judged);
			if (!fall || !isPractical(fall.before, fall.after)) return [untold(unit, weight)];
			return [{ unit, p: fall.p, weight, tell: teller(() => toldFall(run, variable, own, fall)) }];
		});
	});
}

/** Between so many standard deviations it is open whether a fall of five points is seen. */
const open = [2.5, 8] as const;
const surelyOrNever = 0.1;

/**
 * Where five points would be seen in any case, or would drown in chance, a test needs less belief than where it is
 * open; what falls much further is seen everywhere.
 */
function weightOf(judged: Judged): number {
	const deviations = deviationsOf(practicalDifference, judged);
	return deviations >= open[0] && deviations <= open[1] ? 1 : surelyOrNever;
}

/** What a fall is told as: the period's figure against the months before. */
function toldFall(run: Run, { id, target }: JudgedVariable, series: Series, fall: Fall): Told {
	const now = judgedPart(series, run);
	const all = judgedAndSince(series, run);
	return {
		matter: {
			kind: fall.stopped ? 'stopped' : 'dropped',
			variable: id,
			figure: completenessOf(now, target),
			earlier: completenessOf(fall.before, target),
			since: sinceOf(run, series, fall.since, (part) => completenessOf(part, target))
		},
		births: lostOf(fall.before, all),
		of: all.n
	};
}

/** The teller, where it has at least so many births to tell of. */
export function teller(tell: () => Told): Candidate['tell'] {
	return tell().births >= leastBirths ? tell : null;
}

/** How many more would be as they should if the share were as it was. */
export const lostOf = (usual: Part, now: Part): number => Math.round(shareOf(usual) * now.n - now.k);

/** Since when, for the place of a month; null for none. */
export function sinceOf(
	run: Run,
	series: Series,
	month: number | null,
	figureOf: (part: Part) => Since['figure']
): Since | null {
	if (month === null) return null;
	return { month: run.months[month] ?? '', day: null, figure: figureOf(span(series, month, run.last)) };
}

/** The completeness of a variable, against its target. */
export const completenessOf = ({ k, n }: Part, target: number | null) =>
	figure('completeness', { nRecorded: k, nApplicable: n }, { target });
