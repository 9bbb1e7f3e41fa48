import { minutesOfDay } from './days.ts';
import { identityNumber } from './identity.ts';
import type { Pregnancy } from './pregnancy.ts';
import { stillbirthShare } from './pregnancy.ts';
import { weighted, type Random } from './random.ts';
import type { Values } from './values.ts';

const apgarAtOne = weighted(
	[10, 0.05],
	[9, 0.72],
	[8, 0.13],
	[7, 0.04],
	[6, 0.025],
	[5, 0.014],
	[4, 0.009],
	[3, 0.006],
	[2, 0.003],
	[1, 0.002],
	[0, 0.0005]
);
const feeding = weighted(['1', 0.74], ['2', 0.18], ['3', 0.065], ['9', 0.015]);
const presentation = weighted(['1', 0.945], ['4', 0.05], ['0', 0.005]);

/** Mean birth weight in grams of a child this many days old at birth (Maršál and others, Acta Paediatr 1996). */
export function meanWeight(days: number, boy: boolean): number {
	const [a, b, c, d, e] = boy
		? ([-1.907345e-6, 1.140644e-3, -1.336265e-1, 1.976961, 2.410053e2] as const)
		: ([-2.761948e-6, 1.744841e-3, -2.893626e-1, 1.891197e1, -4.135122e2] as const);
	return (((a * days + b) * days + c) * days + d) * days + e;
}

/**
 * What is written about the child, the `order`th of this delivery (form FV2, and what FV1 holds of each
 * child). `serial` gives the running number of a boy's or girl's identity number.
 */
export function newborn(
	p: Pregnancy,
	order: 1 | 2,
	serial: (boy: boolean) => number,
	random: Random
): Values {
	const bornAt = order === 1 ? p.bornAt : p.bornAt + random.whole(2, 35);
	const bornOn = Math.floor(bornAt / minutesOfDay);
	const boy = random.chance(0.514);
	const stillborn = order === 1 ? p.stillborn : random.chance(stillbirthShare);
	const size =
		(p.children === 2 ? 0.93 : 1) * (p.smoking[1] === '1' ? 1 : 0.95) * (p.parity === 0 ? 0.975 : 1.015);
	const weight = Math.min(
		5900,
		Math.max(330, Math.round(meanWeight(p.gestation, boy) * size * (1 + random.normal(0, 0.118))))
	);
	const breech = order === 1 ? p.breech : random.chance(0.25);
	// now and then the second twin needs help that the first did not
	const end = order === 2 && p.end === 'vaginal' && random.chance(0.08) ? 'caesarean' : p.end;
	const tick = (so: boolean) => (so ? '1' : undefined);
	return {
		BJUDNING: breech ? '6' : presentation(random),
		VAGINAL: tick(end === 'vaginal'),
		SUGKLOCK: tick(end === 'vacuum'),
		TANG: tick(end === 'forceps'),
		SECAVSL: tick(end === 'caesarean'),
		BFODDAT: bornOn,
		FODKL: 100 * Math.floor((bornAt % minutesOfDay) / 60) + (bornAt % 60),
		BORDNRF2: p.children === 2 ? order : undefined,
		DODFOD: stillborn ? (random.chance(0.85) ? '1' : '2') : undefined,
		KON: boy ? '1' : '2',
		BVIKT: weight,
		BLANGDF2: random.rounded(50.1 * Math.cbrt(weight / 3520), 1.4, 22, 60),
		HOMF: Math.round(10 * (35 * (weight / 3520) ** 0.28 + random.normal(0, 1))) / 10,
		...(stillborn ? undefined : afterBirth(p, bornOn, boy, weight, serial, random))
	};
}

/** What is written of a child born alive. */
function afterBirth(
	p: Pregnancy,
	bornOn: number,
	boy: boolean,
	weight: number,
	serial: (boy: boolean) => number,
	random: Random
): Values {
	const preterm = p.gestation < 238;
	const one = Math.max(0, apgarAtOne(random) - (preterm && random.chance(0.5) ? random.whole(1, 4) : 0));
	const five = Math.max(one, one >= 8 ? (random.chance(0.8) ? 10 : 9) : one + random.whole(1, 3));
	const ten = Math.max(five, Math.min(10, five + random.whole(0, 2)));
	const acidity = Math.min(7.5, Math.max(6.7, random.normal(one < 5 ? 7.08 : 7.25, 0.07)));
	const veinous = Math.min(7.6, acidity + 0.03 + 0.1 * random.next());
	const tick = (so: boolean) => (so ? '1' : undefined);
	const ventilated = one < 5 || random.chance(one < 8 ? 0.12 : 0.002);
	const intubated = one < 3 && random.chance(0.45);
	const neonatal = preterm || one < 5 || random.chance(p.gestation < 252 ? 0.4 : 0.045);
	const days = preterm
		? Math.max(8, 262 - p.gestation + random.whole(-10, 12))
		: neonatal
			? random.whole(3, 11)
			: random.whole(0, 3);
	const ill = [
		preterm ? 'P07.3' : '',
		weight < 2500 ? 'P07.1' : '',
		one < 5 ? 'P21.1' : '',
		neonatal && !preterm ? 'P59.9' : ''
	];
	const done = [ventilated ? 'DG017' : '', intubated ? 'DG018' : '', neonatal ? 'DV063' : ''];
	return {
		BPNR: identityNumber(bornOn, serial(boy)),
		APGAR1: one,
		APGAR5: five,
		APGAR10: ten,
		NAVPHA: Math.round(acidity * 100) / 100,
		NAVPHV: Math.round(veinous * 100) / 100,
		ACIDOS: tick(acidity < 7.08 && random.chance(0.35)),
		VENT: tick(ventilated),
		INTUB: tick(intubated),
		HJMASS: tick(one < 2 && random.chance(0.5)),
		BDIAG1: ill.filter(Boolean).join(' ') || 'Z00.1A',
		BFLOP1: done.filter(Boolean).join(' ') || undefined,
		NEOVARD: neonatal ? '1' : '0',
		BUTDAT: bornOn + days,
		UPPFOD: feeding(random)
	};
}
