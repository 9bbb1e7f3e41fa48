import type { Definition } from '#lib/catalogue/catalogue.ts';
import { birthMonth } from '#lib/period/birth-month.ts';
import { firstDay } from '#lib/period/day.ts';
import { antenatalCare } from './antenatal.ts';
import { forgettingOf, type Forgetting } from './blanks.ts';
import { dayNumber } from './days.ts';
import { delivery } from './delivery.ts';
import type { Habit } from './habit.ts';
import { enrolment } from './mother.ts';
import { newborn } from './newborn.ts';
import { pregnancy, twinShare } from './pregnancy.ts';
import { Random } from './random.ts';
import { reference, type Values } from './values.ts';
import { createVolume, deliveryMinutes } from './volume.ts';

/** The births of a unit in a month, in the order of their deliveries, as the unit knows them: nothing wrong yet but blanks. */
export type Births = (habit: Habit, year: number, month: number) => Values[];

/** Draws births. `scale` makes all units so much smaller or greater. */
export function createBirths(d: Definition, seed: number, scale: number): Births {
	const volume = createVolume(d, seed);
	const forgettings = new Map<string, Forgetting>();
	return (habit, year, month) => {
		const { unit } = habit;
		const place = `${unit.id}/${year}`;
		const forgetting = forgettings.get(place) ?? forgettingOf(d, unit.id, year, seed);
		forgettings.set(place, forgetting);
		const random = new Random(seed, 'births', place, month);
		const expected = volume(unit, year, month).map((births) => births * scale);
		const first = dayNumber(firstDay(birthMonth(year, month)));
		const births: Values[] = [];
		const serial = serialsOf(habit);
		const series = String(100 * (year % 100) + month).padStart(4, '0');
		for (const minute of deliveryMinutes(expected, first, 1 / (1 + twinShare), random)) {
			const p = pregnancy(habit, minute, random);
			const mother = { ...enrolment(p, random), ...antenatalCare(p, random), ...delivery(p, random) };
			forgetting.delivery(mother, random);
			for (let order = 1; order <= p.children; order++) {
				const child = newborn(p, order === 1 ? 1 : 2, serial, random);
				forgetting.birth(child, random);
				births.push({ [reference]: `${series}-${births.length + 1}`, ...mother, ...child });
			}
		}
		return births;
	};
}

/** Running numbers for boys (odd) and girls out of the unit's own, so that hardly any children of one day share one. */
function serialsOf({ serials: { first, count } }: Habit): (boy: boolean) => number {
	const given = { boys: 0, girls: 0 };
	return (boy) => (boy ? 2 * (first + (given.boys++ % count)) + 1 : 2 * (first + (given.girls++ % count)));
}
