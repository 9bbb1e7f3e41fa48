import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import { hasDistribution, isReported, type Variable } from '#lib/catalogue/variable.ts';
import type { JudgedVariable } from '#lib/measures/history.ts';
import { shifted } from '../../demo/habit.ts';
import { Random } from '../../demo/random.ts';

/** Forms that are never sent for a birth, as in the demo. */
const formsForgotten: Record<string, number> = { MHV1: 0.006, MHV2: 0.012 };
/** How many of the births a variable with a condition applies to, where it is far from all or half of them. */
const applies: Record<string, number> = {
	...Object.fromEntries(['APGAR1', 'APGAR5', 'APGAR10', 'BPNR', 'UPPFOD', 'BUTDAT'].map((id) => [id, 0.997])),
	...Object.fromEntries(['ELEKAKUT', 'INDMET'].map((id) => [id, 0.18])),
	...Object.fromEntries(['GRDFV', 'ROK2', 'SNUS2', 'ULDAT', 'NAVPHA', 'NAVPHV'].map((id) => [id, 0.97]))
};
const conditional = 0.5;
/** What is wrong at any desk. */
const invalidShare = 0.0004;
const implausibleShare = 0.0006;
const onTimeShare = 0.985;
/** Numbers that end in 0 among those of an unhurried scale. */
const heapedShare = 0.14;

/** What is judged of a variable, and the shares that its counts are drawn with. */
export type Drawn = JudgedVariable & {
	applies: number;
	missing: number;
	codes: readonly (readonly [code: string, share: number])[];
};

/** The variables of a definition as they are judged; a box's `missing` is how often it is not ticked. */
export function drawnVariables(d: Definition): Drawn[] {
	return reported(d).flatMap((v): Drawn[] => {
		const kind = v.completeness === 'tickbox' ? 'ticks' : 'value';
		const distribution =
			kind === 'ticks' || !hasDistribution(v) ? null : v.codes ? 'codes' : ('numbers' as const);
		return [
			{
				id: v.id,
				form: v.form,
				target: kind === 'ticks' ? null : (v.target ?? null),
				kind,
				distribution,
				applies: v.applicableWhen ? (applies[v.id] ?? conditional) : 1,
				missing: v.completeness === 'blankIsValue' ? 0 : 1 - (v.assumedShare ?? 1),
				codes: codesOf(v)
			}
		];
	});
}

/** One code for most, the others ever more seldom. */
function codesOf(v: Variable): readonly (readonly [string, number])[] {
	const codes = isReported(v) ? (v.codes ?? []) : [];
	return codes.map(({ code }, at) => [code, at === codes.length - 1 ? 0.3 ** at : 0.7 * 0.3 ** at] as const);
}

/**
 * The shares of one unit, year by year, as the demo moves them: every unit is a little careless, each variable of
 * it more or less so, and it is a little other every year.
 */
export class UnitRates {
	private readonly unit: string;
	private readonly seed: number;
	private readonly careless: number;

	constructor(unit: string, seed: number) {
		this.unit = unit;
		this.seed = seed;
		this.careless = new Random(seed, 'careless', unit).normal(0, 0.3);
	}

	/** The share that lacks a variable (a tick, for boxes), the form not counted. */
	missing({ id, kind, missing }: Drawn, year: number): number {
		const careless = kind === 'ticks' ? 0 : this.careless;
		return this.moved(missing, careless, id, year, kind === 'ticks' ? 0.25 : 0.35);
	}

	formMissing(form: string, year: number): number {
		return this.moved(formsForgotten[form] ?? 0, this.careless, form, year, 0.35);
	}

	late(year: number): number {
		return this.moved(1 - onTimeShare, 0, 'late', year, 0.3);
	}

	invalid(id: string, year: number): number {
		return this.moved(invalidShare, 0, `invalid/${id}`, year, 0.35);
	}

	implausible(id: string, year: number): number {
		return this.moved(implausibleShare, 0, `implausible/${id}`, year, 0.35);
	}

	heaped(id: string, year: number): number {
		return this.moved(heapedShare, 0, `heaped/${id}`, year, 0.25);
	}

	/** The shares of a variable's codes among its values; they add up to 1. */
	codes({ id, codes }: Drawn, year: number): number[] {
		const weights = codes.map(([code, share]) => {
			const { seed, unit } = this;
			const moved = new Random(seed, 'code', unit, id, code).normal(0, 0.25);
			return share * Math.exp(moved + new Random(seed, 'code', unit, id, code, year).normal(0, 0.08));
		});
		const sum = weights.reduce((total, weight) => total + weight, 0);
		return weights.map((weight) => weight / sum);
	}

	private moved(share: number, careless: number, what: string, year: number, by: number): number {
		const { seed, unit } = this;
		const own = new Random(seed, 'blank', unit, what).normal(0, by);
		return shifted(share, careless + own + new Random(seed, 'blank', unit, what, year).normal(0, 0.08));
	}
}
