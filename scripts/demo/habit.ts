import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { fileForm, type FileForm } from './file-form.ts';
import { Random } from './random.ts';

/** How a unit differs from others, for as long as the demo lasts. */
export type Habit = {
	unit: Unit;
	hospitalCode: string;
	/** Antenatal clinics that the mothers come from: how their numbers begin, and how many. */
	clinicSeries: string;
	clinics: number;
	/** The running numbers of a day that this unit gives to children, so that no two units share one. */
	serials: { first: number; count: number };
	practice: Practice;
	sending: Sending;
	form: FileForm;
};

/** Shares of deliveries. */
type Practice = {
	induction: number;
	caesareanBeforeLabour: number;
	caesareanInLabour: number;
	vacuum: number;
	epidural: number;
	nitrousOxide: number;
	oxytocin: number;
	/** Whether the journal system writes a no where there was no epidural. */
	writesNoEpidural: boolean;
};

/** When a unit sends its files while it sends monthly. */
type Sending = {
	cadence: 'monthly' | 'fortnightly';
	/** Day of the next month. */
	day: number;
	/** Share of births that come one file or several later. */
	straggling: number;
	/** Share of births that never come. */
	unreported: number;
};

/** A share moved by so much on the scale of log odds. */
export const shifted = (share: number, by: number): number =>
	share <= 0 || share >= 1 ? share : 1 / (1 + ((1 - share) / share) * Math.exp(-by));

/** The habits of every unit of a definition, closed ones too; they depend on the seed and the unit alone. */
export function habitsOf(d: Definition, seed: number): Map<string, Habit> {
	const habits = new Map<string, Habit>();
	let taken = 0;
	d.units.forEach((unit, index) => {
		const random = new Random(seed, 'habit', unit.id);
		const differs = (share: number, by = 0.2) => shifted(share, random.normal(0, by));
		// room for children of one sex on nearly any day; all units together have 500 numbers
		const ofOneSex = unit.births_per_year / 365 / 2;
		const count = Math.ceil(ofOneSex + 3 * Math.sqrt(ofOneSex) + 1);
		habits.set(unit.id, {
			unit,
			hospitalCode: unit.code || (d.units.find((u) => u.place === unit.place && u.code)?.code ?? '99999'),
			clinicSeries: String(10 + index),
			clinics: Math.min(99, Math.max(2, Math.round(unit.births_per_year / 180))),
			serials: { first: taken, count },
			practice: {
				induction: differs(0.2),
				caesareanBeforeLabour: differs(0.085, 0.15),
				caesareanInLabour: differs(0.09, 0.15),
				vacuum: differs(0.05),
				epidural: differs(0.44, 0.25),
				nitrousOxide: differs(0.72, 0.3),
				oxytocin: differs(0.42, 0.25),
				writesNoEpidural: random.chance(0.7)
			},
			sending: {
				cadence: random.chance(0.1) ? 'fortnightly' : 'monthly',
				day: random.chance(0.08) ? random.whole(18, 24) : random.whole(3, 10),
				straggling: 0.01 + 0.05 * random.next(),
				unreported: 0.002 + 0.012 * random.next()
			},
			form: fileForm(unit, random)
		});
		taken += count;
	});
	return habits;
}
