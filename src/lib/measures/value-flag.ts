import { canFall, fallOf, isPractical, leastApplicable, type Fall } from './fall.ts';
import { figure } from './figure.ts';
import { judgedPart, leastBirths, untold, type Candidate, type Run, type Told } from './run.ts';
import { practicalDifference } from './change.ts';
import { seriesOf, shareOf, span, type Part, type Series } from './series.ts';
import { standings } from './against-others.ts';
import { variations } from './variation.ts';
import type { JudgedVariable } from './history.ts';
import type { Since } from './flag.ts';

/**
 * Values that stopped, dropped against the unit's own history, or are low among the units: two tests of each
 * variable of each unit. What is told twice is sorted out later; see `toldOnce`.
 */
export function valueCandidates(run: Run): Candidate[] {
	const variables = run.variables.filter(({ kind }) => kind === 'value');
	const subjects = variables.map(({ id }) =>
		run.units.map(({ items }) => {
			const item = items.get(id);
			return item && seriesOf(item.applicable, item.recorded, 'good');
		})
	);
	const varied = variations(subjects, run.years);
	return variables.flatMap((variable, subject) => {
		const series = subjects[subject] ?? [];
		const variation = varied[subject];
		const falls = run.units.flatMap((unit, at): Candidate[] => {
			const own = series[at];
			if (!own || !variation) return [];
			const judged = {
				series: own,
				judgedFrom: run.judgedFrom,
				years: variation.years,
				months: variation.months[at] ?? 1
			};
			if (!canFall(judged)) return [];
			const fall = fallOf(judged);
			if (!fall || !isPractical(fall.before, fall.after)) return [untold(unit)];
			return [{ unit, p: fall.p, weight: 1, tell: teller(() => toldFall(run, variable, own, fall)) }];
		});
		return [...falls, ...lowCandidates(run, variable, series)];
	});
}

/** What a fall is told as: the period's figure against the months before. */
function toldFall(run: Run, { id, target }: JudgedVariable, series: Series, fall: Fall): Told {
	const now = judgedPart(series, run);
	return {
		matter: {
			kind: fall.stopped ? 'stopped' : 'dropped',
			variable: id,
			figure: completenessOf(now, target),
			earlier: completenessOf(fall.before, target),
			since: sinceOf(run, series, fall.since, (part) => completenessOf(part, target))
		},
		births: lostOf(fall.before, now),
		of: now.n
	};
}

function lowCandidates(
	run: Run,
	{ id, target }: JudgedVariable,
	series: readonly (Series | undefined)[]
): Candidate[] {
	if (target === null) return [];
	const parts = series.map((own) => (own ? judgedPart(own, run) : null));
	return standings(parts, leastApplicable).flatMap((standing, at) => {
		const [unit, own, now] = [run.units[at], series[at], parts[at]];
		if (!standing || !unit || !own || !now) return [];
		if (shareOf(now) > target - practicalDifference) return [untold(unit)];
		const tell = (): Told => ({
			matter: {
				kind: 'low',
				variable: id,
				figure: completenessOf(now, target),
				earlier: completenessOf(span(own, 0, run.judgedFrom), target),
				since: null
			},
			births: lostOf(standing.nation, now),
			of: now.n
		});
		return [{ unit, p: standing.p, weight: 1, tell: teller(tell) }];
	});
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

const completenessOf = ({ k, n }: Part, target: number | null) =>
	figure('completeness', { nRecorded: k, nApplicable: n }, { target });
