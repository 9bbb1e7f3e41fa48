import type { Unit } from '#lib/catalogue/unit.ts';
import type { Sender } from '#lib/submission/sender.ts';
import { Random } from './random.ts';

const firstNames = [
	'Anna',
	'Maria',
	'Karin',
	'Eva',
	'Sara',
	'Lena',
	'Emma',
	'Malin',
	'Jenny',
	'Ingrid',
	'Johan',
	'Erik'
] as const;
const lastNames = [
	'Andersson',
	'Johansson',
	'Karlsson',
	'Nilsson',
	'Eriksson',
	'Larsson',
	'Olsson',
	'Persson',
	'Svensson',
	'Lindberg'
] as const;

/** Numbers that are kept free for books and films, by where they look right; mobile ones elsewhere. */
const telephones: Record<string, (n: number) => string> = {
	'Region Stockholm': (n) => `08-465 004 ${two(n)}`,
	'Västra Götalandsregionen': (n) => `031-390 06 ${two(n)}`,
	'Region Skåne': (n) => `040-628 04 ${two(n)}`,
	'Region Norrbotten': (n) => `0980-319 2${two(n)}`
};
const two = (n: number) => String(n).padStart(2, '0');

/** An invented sender of a unit. */
export function senderOf(unit: Unit, seed: number): Sender {
	const random = new Random(seed, 'sender', unit.id);
	const telephone = telephones[unit.region] ?? ((n) => `070-174 06 ${two(Math.max(5, n))}`);
	return {
		unit: unit.name,
		organisation: unit.region,
		address: `Förlossningen, ${unit.name}, ${unit.place}`,
		telephone: telephone(random.whole(0, 99)),
		email: `forlossning.${unit.id}@example.se`,
		name: `${random.anyOf(firstNames)} ${random.anyOf(lastNames)}`
	};
}
