import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import { isReported } from '#lib/catalogue/variable.ts';
import { shifted } from './habit.ts';
import { Random } from './random.ts';
import type { Values } from './values.ts';

/** Forms that were never sent for a birth, where nothing is wrong with the unit. */
const formsForgotten: Record<string, number> = { MHV1: 0.006, MHV2: 0.012 };

/** Variables that stand on every form: they stay when a form is missing. */
export function onEveryForm(d: Definition): Set<string> {
	const { birthDate, birthOrder, mother, child, identityType } = d.register;
	return new Set(
		[birthDate, birthOrder, mother, child, identityType?.variable].filter((id) => id !== undefined)
	);
}

/** The variables that are lost with a form. */
export function lostWithForm(d: Definition, form: string): string[] {
	const kept = onEveryForm(d);
	return reported(d).flatMap((v) => (v.form === form && !kept.has(v.id) ? [v.id] : []));
}

/** Blanks what a unit leaves out of a delivery or a birth. */
export type Forgetting = Record<'delivery' | 'birth', (values: Values, random: Random) => void>;

/**
 * What a unit leaves blank in a year: every variable as often as the catalogue assumes of the nation,
 * moved by the unit (all its variables a little, each for itself more) and from year to year a little.
 * Boxes of a group are left out together.
 */
export function forgettingOf(d: Definition, unit: string, year: number, seed: number): Forgetting {
	const careless = new Random(seed, 'careless', unit).normal(0, 0.3);
	const unitShare = (id: string, share: number) =>
		shifted(
			share,
			careless +
				new Random(seed, 'blank', unit, id).normal(0, 0.35) +
				new Random(seed, 'blank', unit, id, year).normal(0, 0.08)
		);
	const forms = Object.entries(formsForgotten).map(([form, share]) => ({
		ids: lostWithForm(d, form),
		share: unitShare(form, share)
	}));
	const level = (which: 'delivery' | 'birth') => {
		const single = reported(d).flatMap((v) => {
			if (v.level !== which || v.completeness !== 'value' || v.assumedShare === undefined) return [];
			const withForm = formsForgotten[v.form] ?? 0;
			const share = (1 - v.assumedShare - withForm) / (1 - withForm);
			return share > 0 ? [{ ids: [v.id], share: unitShare(v.id, share) }] : [];
		});
		const groups = d.variables.flatMap((v) => {
			const boxes = reported(d).flatMap((box) => (box.group === v.id ? [box.id] : []));
			if (isReported(v) || v.level !== which || boxes.length === 0) return [];
			return [{ ids: boxes, share: unitShare(v.id, 1 - (v.assumedShare ?? 1)) }];
		});
		return [...single, ...groups];
	};
	const forget = (parts: { ids: string[]; share: number }[]) => (values: Values, random: Random) => {
		for (const { ids, share } of parts)
			if (random.next() < share) for (const id of ids) if (values[id] !== undefined) values[id] = undefined;
	};
	return { delivery: forget([...level('delivery'), ...forms]), birth: forget(level('birth')) };
}
