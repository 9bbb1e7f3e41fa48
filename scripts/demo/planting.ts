import type { Definition } from '#lib/catalogue/catalogue.ts';
import { dayNumber } from './days.ts';
import type { Fault, FaultKind } from './faults.ts';
import { withWrongDigit } from './identity.ts';
import { lostWithForm } from './blanks.ts';
import { shareOf } from './random.ts';
import type { Value, Values } from './values.ts';

/** A fault ready to be planted, and how many births it has met so far. */
export type Planted = {
	fault: Fault;
	/** Changes the values of a birth; says whether there was anything to change. */
	change?: (values: Values) => boolean;
	/** Keeps a birth back. */
	withholds: boolean;
	/** Whether the birth is one of those meant. */
	meets: (bornOn: number, birth: string) => boolean;
	births: number;
};

type Change = (values: Values, fault: Fault, d: Definition) => boolean;

const set = (values: Values, id: string | undefined, change: (value: Value) => Value): boolean => {
	if (id === undefined || values[id] === undefined) return false;
	values[id] = change(values[id]);
	return true;
};
const blank: Change = (values, { variable }) => set(values, variable, () => undefined);

const changes: Partial<Record<FaultKind, Change>> = {
	variableStops: blank,
	variableDrops: blank,
	formMissing: (values, { form = '' }, d) => {
		for (const id of lostWithForm(d, form)) values[id] = undefined;
		return true;
	},
	unknown: (values, { variable = '' }, d) =>
		set(values, variable, () => d.byId.get(variable)?.unknownCodes[0]),
	oneCode: (values, { variable = '' }, d) =>
		set(values, variable, () => d.byId.get(variable)?.codes?.[0]?.code),
	rounded: (values, { variable }) => set(values, variable, (value) => Math.round(Number(value) / 100) * 100),
	kilograms: (values, { variable }) => set(values, variable, (grams) => Math.round(Number(grams) / 10) / 100),
	swapped: (values) => {
		const { MLANGD, MVIKT } = values;
		Object.assign(values, { MLANGD: MVIKT, MVIKT: MLANGD });
		return MLANGD !== undefined && MVIKT !== undefined;
	},
	invalidIdentity: (values, { variable }) => set(values, variable, (number) => withWrongDigit(String(number)))
};

/**
 * Makes faults ready. Which births they meet hangs on the birth's own reference and not on the stream of
 * random numbers: a register with a fault and one without are otherwise the same.
 */
export function planted(faults: readonly Fault[], d: Definition, seed: number): Planted[] {
	return faults.map((fault, index) => {
		const from = dayNumber(fault.from);
		const to = fault.to === undefined ? Infinity : dayNumber(fault.to);
		const change = changes[fault.kind];
		return {
			fault,
			...(change && { change: (values: Values) => change(values, fault, d) }),
			withholds: fault.kind === 'notSent' || fault.kind === 'lowVolume',
			meets: (bornOn, birth) =>
				bornOn >= from &&
				bornOn <= to &&
				(fault.size >= 1 || shareOf(seed, index, fault.unit, birth) < fault.size),
			births: 0
		};
	});
}
