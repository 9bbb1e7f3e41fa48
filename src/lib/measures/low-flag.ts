import { completenessOf, lostOf, teller } from './fall-flag.ts';
import { judgedPart, untold, valuesOf, type Candidate, type Run, type Told } from './run.ts';
import { leastApplicable } from './fall.ts';
import { practicalDifference } from './change.ts';
import { shareOf, span, type Series } from './series.ts';
import { standings } from './against-others.ts';
import type { JudgedVariable } from './history.ts';

/**
 * Values that are low among the units, whether they have always been or not: five points under the target, and
 * further under the other units than these differ anyway.
 */
export function lowCandidates(run: Run): Candidate[] {
	const variables = run.variables.filter(({ kind }) => kind === 'value');
	const values = valuesOf(run, variables);
	return variables.flatMap((variable, at) => lowOf(run, variable, values[at] ?? []));
}

/** Values of a variable that are clearly under its target and under the other units. */
function lowOf(
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
