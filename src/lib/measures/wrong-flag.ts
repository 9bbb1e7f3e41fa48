import { canFall, fallOf, leastApplicable } from './fall.ts';
import { figure } from './figure.ts';
import { judgedPart, untold, type Candidate, type Run, type Told } from './run.ts';
import { wilson } from './interval.ts';
import { seriesOf, span, type Part, type Series } from './series.ts';
import { sinceOf, teller } from './fall-flag.ts';
import { isApart, standings } from './against-others.ts';
import { variations } from './variation.ts';

/** A share of values that are not permitted, or not likely, that is worth a call. */
const tooManyWrong = 0.05;
/** With fewer wrong values all in all nothing could stand out, and nothing is tested. */
const leastWrong = 5;

/** Bursts of values that are not permitted, or not likely: above what the unit had before and above the others. */
export function wrongCandidates(run: Run, kind: 'invalid' | 'implausible'): Candidate[] {
	const subjects = run.variables.map(({ id }) =>
		run.units.map(({ items }) => {
			const item = items.get(id);
			if (!item) return undefined;
			return kind === 'invalid'
				? seriesOf(item.applicable, item.invalid, 'bad')
				: seriesOf(item.recorded, item.implausible, 'bad');
		})
	);
	const varied = variations(subjects, run.years);
	return run.variables.flatMap(({ id }, subject) => {
		const series = subjects[subject] ?? [];
		const variation = varied[subject];
		if (!variation || !series.some((own) => own && wrongIn(span(own, 0, run.last)) >= leastWrong)) return [];
		const parts = series.map((own) => (own ? judgedPart(own, run) : null));
		const high = standings(parts);
		return run.units.flatMap((unit, at): Candidate[] => {
			const [own, now] = [series[at], parts[at]];
			if (!own || !now || now.n < leastApplicable) return [];
			if (wrongIn(span(own, 0, run.last)) < leastWrong) return [];
			const judged = {
				series: own,
				judgedFrom: run.judgedFrom,
				years: variation.years,
				months: variation.months[at] ?? 1
			};
			const fall = canFall(judged) ? fallOf(judged) : null;
			if (canFall(judged) && !fall) return [untold(unit)];
			if (!mayBeTooMany(fall?.after ?? now) && !mayBeTooMany(now)) return [untold(unit)];
			if (!isApart(high[at])) return [untold(unit)];
			// without a history only the others tell, and without either nothing does
			const p = fall?.p ?? high[at]?.p ?? 1;
			const before = fall?.before ?? span(own, 0, run.judgedFrom);
			const tell = () => toldWrong(run, kind, id, { series: own, now, before, since: fall?.since ?? null });
			return [{ unit, p, weight: 1, tell: teller(tell) }];
		});
	});
}

/** Five in a hundred, or somewhat less where the counts do not rule that out. */
function mayBeTooMany(part: Part): boolean {
	const wrong = wrongIn(part);
	return wrong / part.n >= tooManyWrong / 2 && wilson(wrong, part.n)[1] >= tooManyWrong;
}

const wrongIn = ({ k, n }: Part) => n - k;

function toldWrong(
	run: Run,
	kind: 'invalid' | 'implausible',
	variable: string,
	{ series, now, before, since }: { series: Series; now: Part; before: Part; since: number | null }
): Told {
	const figureOf = (part: Part) =>
		kind === 'invalid'
			? figure('invalid', { nInvalid: wrongIn(part), nApplicable: part.n })
			: figure('implausible', { nImplausible: wrongIn(part), nRecorded: part.n });
	return {
		matter: {
			kind,
			variable,
			figure: figureOf(now),
			earlier: figureOf(before),
			since: sinceOf(run, series, since, figureOf)
		},
		births: wrongIn(now),
		of: now.n
	};
}
