import { medication } from './mother.ts';
import type { Pregnancy } from './pregnancy.ts';
import { weighted, type Random } from './random.ts';
import type { Values } from './values.ts';

const invasiveTest = weighted(['0', 0.965], ['1', 0.02], ['2', 0.015]);
const preEclampsia = weighted(['0', 0.968], ['1', 0.022], ['2', 0.01]);
const streptococcus = weighted(['0', 0.55], ['1', 0.33], ['2', 0.12]);
const diagnosesInPregnancy = weighted(
	['O26.8', 8],
	['O99.2', 6],
	['O47.9', 5],
	['O36.8', 5],
	['O21.0', 3],
	['O24.4', 4],
	['O13.9', 3],
	['O99.0', 5],
	['O46.9', 3],
	['Z35.5', 2],
	['O33.9', 1]
);

/** What antenatal care writes after enrolment (form MHV2). Weeks 30–32 are asked only of those still pregnant. */
export function antenatalCare(p: Pregnancy, random: Random): Values {
	const inWeek30 = p.gestation >= 210;
	const visits = Math.max(1, Math.round((p.gestation - 60) / 24));
	const diagnosis = diagnosesInPregnancy(random);
	const second = random.chance(0.25) ? diagnosesInPregnancy(random) : diagnosis;
	return {
		ROK2: inWeek30 ? p.smoking[2] : undefined,
		SNUS2: inWeek30 ? p.snus[2] : undefined,
		ANTBMB: random.rounded(visits, 1.8, 0, 25),
		ANTLAK: Math.min(20, random.events(1.6)),
		SISTMHV: p.bornOn - Math.min(p.gestation - 60, random.whole(1, 12)),
		INVFD: invasiveTest(random),
		OGTT: random.chance(p.bodyMass > 30 ? 0.7 : 0.18) ? '1' : '0',
		GDM: random.chance(p.bodyMass > 30 ? 0.12 : 0.035) ? '1' : undefined,
		PREEKL: preEclampsia(random),
		GBS: streptococcus(random),
		LMGRAV: random.chance(0.4) ? medication(random) : undefined,
		GDIAG1: random.chance(0.6) ? (second === diagnosis ? diagnosis : `${diagnosis} ${second}`) : undefined
	};
}
