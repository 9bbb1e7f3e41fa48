import { deviance } from './deviance.ts';
import { figure } from './figure.ts';
import { judgedPart, untold, type Candidate, type Run, type Told } from './run.ts';
import { normalTail } from './tail.ts';
import { othersShare } from './unused-flag.ts';
import { seriesOf, shareOf, type Part, type Series } from './series.ts';
import { isApart, standings } from './against-others.ts';
import { variations } from './variation.ts';
import { teller } from './fall-flag.ts';
import type { CodeCounts, JudgedVariable, UnitHistory } from './history.ts';

/** A code has to be given for so much more of the values than before and than elsewhere. */
const practicalShare = 0.1;
/** Or all other codes together for so little of what they were, where so many of them were to be expected. */
const othersLeft = 0.1;
const leastOthers = 10;
/** Under so many values of a unit nothing is said of how they are distributed. */
const leastValues = 50;
/** Only a variable with more different numbers than this has last digits to speak of. */
const leastNumbers = 30;

type Counted = { code: string; now: Part; before: Part };

/** A code that takes the place of others, or numbers that all end in 0: one test for each variable of a unit. */
export function codeCandidates(run: Run): Candidate[] {
	return run.variables.flatMap((variable) => {
		if (variable.distribution === null) return [];
		const counted = run.units.map((unit) => countedOf(unit, variable));
		const codes = [...new Set(counted.flatMap((own) => own.map(({ code }) => code)))];
		const best = run.units.map((): { p: number; own: Counted; nation: number | null } | null => null);
		const byCode = codes.map((code) => counted.map((own) => own.find((c) => c.code === code) ?? null));
		// how much practice moves from the time before to now in all units, code by code
		const varied = variations(
			byCode.map((of) => of.map((own) => (own ? inTwoParts(own) : undefined))),
			[0, 1, 2]
		);
		byCode.forEach((of, place) => {
			const parts = of.map((own) => own && own.now);
			if (!of.some((own, at) => own && standsOut(own, othersShare(parts, at)))) return;
			// standings tell who is low: the contrary of the code
			const high = standings(parts.map((part) => part && { k: part.n - part.k, n: part.n }));
			of.forEach((own, at) => {
				const nation = othersShare(parts, at);
				if (!own || !standsOut(own, nation) || !isApart(high[at])) return;
				const p = Math.min(1, codes.length * changeP(own, varied[place]?.nation ?? 0));
				if (p < (best[at]?.p ?? 1)) best[at] = { p, own, nation };
			});
		});
		return run.units.flatMap((unit, at): Candidate[] => {
			if (!counted[at]?.length) return [];
			const found = best[at];
			if (!found) return [untold(unit)];
			const tell = () => toldCode(run, unit, variable, found.own, found.nation);
			return [{ unit, p: found.p, weight: 1, tell: teller(tell) }];
		});
	});
}

/** The codes of a unit with their shares; of numbers only those that end in 0, as if that were their code. */
function countedOf({ codes }: UnitHistory, { id, distribution }: JudgedVariable): Counted[] {
	const own = codes.get(id);
	if (!own) return [];
	const all: CodeCounts = { now: 0, before: 0 };
	for (const { now, before } of own.values()) {
		all.now += now;
		all.before += before;
	}
	if (all.now < leastValues || all.before < leastValues) return [];
	const part = ({ now, before }: CodeCounts, code: string): Counted => ({
		code,
		now: { k: now, n: all.now },
		before: { k: before, n: all.before }
	});
	if (distribution === 'codes') return [...own].map(([code, counts]) => part(counts, code));
	if (distribution === 'lastDigits') return [part(own.get('0') ?? { now: 0, before: 0 }, heaped)];
	if (own.size <= leastNumbers) return [];
	const even: CodeCounts = { now: 0, before: 0 };
	for (const [number, { now, before }] of own) {
		if (Number(number) % 10 !== 0) continue;
		even.now += now;
		even.before += before;
	}
	return [part(even, heaped)];
}

/** What numbers that end in 0 are counted under. */
const heaped = '';

/** Whether a code's share is so much higher than before and elsewhere that it may matter. */
function standsOut({ now, before }: Counted, nation: number | null): boolean {
	const usual = Math.max(shareOf(before), nation ?? 0);
	if (shareOf(now) - usual >= practicalShare) return true;
	const others = (1 - usual) * now.n;
	return others >= leastOthers && now.n - now.k <= othersLeft * others;
}

/** How likely so much more than before is by chance, as practice moves from year to year anyway. */
function changeP({ now, before }: Counted, years: number): number {
	const p = shareOf(before);
	const anyway = 2 * years * p * (1 - p);
	const scale = 1 + anyway / (1 / now.n + 1 / before.n);
	return normalTail(Math.sqrt(deviance(before, now) / scale));
}

const inTwoParts = ({ now, before }: Counted): Series => ({
	n: Int32Array.of(0, before.n, before.n + now.n),
	good: Int32Array.of(0, before.k, before.k + now.k)
});

function toldCode(
	run: Run,
	{ items }: UnitHistory,
	{ id, distribution, target }: JudgedVariable,
	{ code, now, before }: Counted,
	nation: number | null
): Told {
	const item = items.get(id);
	const judged = item
		? judgedPart(seriesOf(item.applicable, item.recorded, 'good'), run)
		: { k: now.n, n: now.n };
	return {
		matter: {
			kind: 'odd',
			variable: id,
			odd: {
				what: distribution === 'codes' ? 'code' : 'heaping',
				code: distribution === 'codes' ? code : null,
				share: figure('prevalence', { n: now.k, nApplicable: now.n }),
				earlier: shareOf(before),
				nation
			},
			figure: figure('completeness', { nRecorded: judged.k, nApplicable: judged.n }, { target })
		},
		births: Math.round(now.k - shareOf(before) * now.n),
		of: now.n
	};
}
