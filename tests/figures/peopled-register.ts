import { readView } from '#lib/period/view.ts';
import type { View } from '#lib/period/view.ts';
import { emptyRegister, handIn, someVariables } from '../register/empty-register.ts';

/** The day of the sample. */
export const today = '2026-11-23';
export const view: View = readView(new URLSearchParams('period=2025'), today);

/** The region of the sample's coordinator, with all of its units. */
export const region = 'Region Skåne';

/** How many births a unit has in each month: another number for every unit. */
const monthlyOf = (place: number) => 11 + place;

/** How many of a unit's births of a month have a weight; in December one less. */
const weighedOf = (place: number, month = 1) =>
	Math.max(1, monthlyOf(place) - 1 - (place % 9)) - (month === 12 ? 1 : 0);

/** The share of a unit's births of a year that have a weight: one that no unit has in anything else, so that it can be known again. */
export const weighedShare = (place: number) => (12 * weighedOf(place) - 1) / (12 * monthlyOf(place));

/**
 * A country in memory: 28 units with two years of births each, of which some weights, Apgar scores and days of receipt
 * are missing; in one unit Apgar has stopped. Every unit has handed in one file with something wrong in it.
 */
export async function peopledRegister() {
	const made = await emptyRegister('data/mfr', someVariables);
	const { units } = made.register.definition;
	const inRegion = units.filter((unit) => unit.region === region);
	const peopled = [...inRegion, ...units.filter((unit) => unit.region !== region)]
		.filter(({ active }) => active.some(({ to }) => to === undefined))
		.slice(0, 28);
	for (const [place, unit] of peopled.entries())
		await handIn(made.register, fileOf(place), {
			unit,
			receivedAt: `2026-02-${String(place + 1).padStart(2, '0')}`,
			fileName: `${unit.id}.csv`
		});
	return { ...made, peopled: peopled.map(({ id }) => id) };
}

/** The unit in which Apgar at five minutes has stopped. */
export const stoppedPlace = 12;

function fileOf(place: number): string {
	const lines = ['REF;BFODDAT;KON;BVIKT;APGAR5;HOMF'];
	for (const year of [2024, 2025])
		for (let month = 1; month <= 12; month++)
			for (let n = 0; n < monthlyOf(place); n++) {
				const birth = `${year}-${String(month).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
				const stopped = place === stoppedPlace && birth >= '2025-06';
				const weight = n < weighedOf(place, month) ? String(3000 + 10 * n) : '';
				const apgar = stopped ? '' : n === 0 ? '99' : '9';
				lines.push([`${place}-${birth}-${n}`, birth, 1 + (n % 2), weight, apgar, ''].join(';'));
			}
	return `${lines.join('\n')}\n`;
}
