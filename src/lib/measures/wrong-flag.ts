import { canFall, fallOf, judgedOf, leastApplicable } from './fall.ts';
import { figure } from './figure.ts';
import { judgedAndSince, untold, type Candidate, type Run, type Told } from './run.ts';
import { wilson } from './interval.ts';
import { seriesOf, span, type Part, type Series } from './series.ts';
import { sinceOf, teller } from './fall-flag.ts';
import { isApart, standings } from './against-others.ts';
import { passedBurst } from './passed-burst.ts';
import { variations } from './variation.ts';
import type { ItemHistory } from './history.ts';

/** A share of values that are not permitted, or not likely, that is worth a call. */
const tooManyWrong = 0.05;
/** With fewer wrong values all in all nothing could stand out, and nothing is tested. */
const leastWrong = 5;
/** A burst that may be over has at least so many: fewer are left to the receipts. */
const leastInBurst = 20;

/** Bursts of values that are not permitted, or not likely: above what the unit had before and above the others. */
export function wrongCandidates(run: Run, kind: 'invalid' | 'implausible'): Candidate[] {
	const subjects = run.variables.map(({ id }) =>
		run.units.map(({ items }) => {
			const item = items.get(id);
			if (!item) return undefined;
			const [of, wrong] = countsOf(item, kind);
			return sumOf(wrong, 0, run.last) < leastWrong ? undefined : seriesOf(of, wrong, 'bad');
		})
	);
	const varied = variations(subjects, run.years);
	return run.variables.flatMap(({ id }, subject) => {
		const series = subjects[subject] ?? [];
		const variation = varied[subject];
		if (!variation || !series.some((own) => own)) return [];
		// a unit without wrong values is not tested, but it is one of the others
		const parts = run.units.map(({ items }): Part | null => {
			const item = items.get(id);
			if (!item) return null;
			const [of, wrong] = countsOf(item, kind);
			const judgedTo = run.judgedTo ?? run.last;
			const n = sumOf(of, run.judgedFrom, judgedTo);
			return { k: n - sumOf(wrong, run.judgedFrom, judgedTo), n };
		});
		const high = standings(parts);
		return run.units.flatMap((unit, at): Candidate[] => {
			const [own, now] = [series[at], parts[at]];
			if (!own || !now || now.n < leastApplicable) return [];
			const judged = judgedOf(own, run.judgedFrom, variation, at);
			const fall = canFall(judged) ? fallOf(judged) : null;
			const before = fall?.before ?? span(own, 0, run.judgedFrom);
			const tell = (since: number | null) =>
				teller(() => toldWrong(run, kind, id, { series: own, now, before, since }));
			const tooMany = mayBeTooMany(fall?.after ?? now) || mayBeTooMany(now);
			if (tooMany && isApart(high[at]) && (fall || !canFall(judged))) {
				// without a history only the others tell, and without either nothing does
				const p = fall?.p ?? high[at]?.p ?? 1;
				return [{ unit, p, weight: 1, tell: tell(fall?.since ?? null) }];
			}
			const others = high[at]?.nation;
			const usual = Math.max(wrongShare(before), others ? wrongShare(others) : 0);
			const months = { from: run.judgedFrom, last: run.last };
			const burst = passedBurst(own, months, usual, { share: tooManyWrong, least: leastInBurst });
			return [burst ? { unit, p: burst.p, weight: 1, tell: tell(null) } : untold(unit)];
		});
	});
}

/** Five in a hundred, or somewhat less where the counts do not rule that out. */
function mayBeTooMany(part: Part): boolean {
	const wrong = wrongIn(part);
	return wrong / part.n >= tooManyWrong / 2 && wilson(wrong, part.n)[1] >= tooManyWrong;
}

/** What is counted of, and what is wrong of it. */
const countsOf = (item: ItemHistory, kind: 'invalid' | 'implausible') =>
	kind === 'invalid'
		? ([item.applicable, item.invalid] as const)
		: ([item.recorded, item.implausible] as const);

function sumOf(counts: Int32Array, from: number, to: number): number {
	let sum = 0;
	for (let at = from; at < to; at++) sum += counts[at] ?? 0;
	return sum;
}

const wrongShare = (part: Part) => (part.n ? wrongIn(part) / part.n : 0);

const wrongIn = ({ k, n }: Part) => n - k;

function toldWrong(
	run: Run,
	kind: 'invalid' | 'implausible',
	variable: string,
	{ series, now, before, since }: { series: Series; now: Part; before: Part; since: number | null }
): Told {
	const all = judgedAndSince(series, run);
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
		births: wrongIn(all),
		of: all.n
	};
}
