import { identityNumber, reserveNumber } from './identity.ts';
import { weighted, type Random } from './random.ts';
import type { Pregnancy } from './pregnancy.ts';
import type { Values } from './values.ts';

const stillbirths = weighted([0, 0.988], [1, 0.011], [2, 0.001]);
const deadWithinAWeek = weighted([0, 0.9965], [1, 0.0033], [2, 0.0002]);
const deadLater = weighted([0, 0.994], [1, 0.0055], [2, 0.0005]);
const miscarriages = weighted([0, 0.75], [1, 0.17], [2, 0.053], [3, 0.018], [4, 0.006], [5, 0.003]);
const auditPoints = weighted(
	[0, 0.36],
	[1, 0.14],
	[2, 0.16],
	[3, 0.14],
	[4, 0.09],
	[5, 0.055],
	[6, 0.03],
	[8, 0.015],
	[11, 0.008],
	[16, 0.002]
);
const familySituation = weighted(['1', 0.93], ['2', 0.025], ['3', 0.045]);
const work = weighted(['1', 0.58], ['2', 0.2], ['3', 0.22]);
const yearsChildless = weighted(
	[0, 0.9],
	[1, 0.035],
	[2, 0.03],
	[3, 0.018],
	[4, 0.009],
	[5, 0.005],
	[7, 0.003]
);
const occupations = weighted(
	['undersköterska', 10],
	['sjuksköterska', 8],
	['förskollärare', 6],
	['lärare', 8],
	['butiksbiträde', 6],
	['ekonom', 5],
	['studerande', 6],
	['ingenjör', 5],
	['barnskötare', 5],
	['läkare', 2],
	['administratör', 5],
	['personlig assistent', 4],
	['socionom', 3],
	['kock', 2],
	['frisör', 2],
	['systemutvecklare', 3],
	['lokalvårdare', 3],
	['säljare', 4],
	['arbetssökande', 4],
	['lärare, grundskolan', 3]
);
const medicines = weighted(
	['H03AA01', 5],
	['B03BB01', 4],
	['R03AC02', 3],
	['N06AB06', 3],
	['R06AE05', 4],
	['A02BC01', 2],
	['N02BE01', 3],
	['B03AA07', 3],
	['R06AX27', 2],
	['C07AG01', 1],
	['A10AB05', 1]
);

/** One or several medicines, each once. */
export function medication(random: Random): string {
	const first = medicines(random);
	const second = random.chance(0.25) ? medicines(random) : first;
	return second === first ? first : `${first} ${second}`;
}

/** What the midwife writes at enrolment in antenatal care (form MHV1), as if nothing were forgotten. */
export function enrolment(p: Pregnancy, random: Random): Values {
	const start = p.bornOn - p.gestation;
	const lastPeriod = start + random.rounded(0, 3.5, -12, 12);
	const childless = yearsChildless(random);
	const tick = (share: number) => (random.chance(share) ? '1' : undefined);
	const treated = (share: number) => (childless > 0 ? tick(share) : undefined);
	const scanned =
		start + (random.chance(0.75) ? random.rounded(86, 4, 75, 98) : random.rounded(126, 5, 110, 140));
	return {
		...identityOf(p, random),
		MVCNR: `${p.habit.clinicSeries}${String(random.whole(1, p.habit.clinics)).padStart(2, '0')}`,
		INDATMHV: Math.min(p.bornOn, start + random.rounded(64, 14, 35, 240)),
		MLANGD: p.height,
		MVIKT: p.weight,
		ROK0: p.smoking[0],
		ROK1: p.smoking[1],
		SNUS0: p.snus[0],
		SNUS1: p.snus[1],
		AUDITP: auditPoints(random),
		FAMSIT: familySituation(random),
		ARBETE: work(random),
		YRKE: occupations(random),
		OFRIBARN: childless,
		OFRIIATG: treated(0.45),
		OFRIABEF: treated(0.3),
		OFRISTIM: treated(0.1),
		OFRIKIRU: treated(0.02),
		OFRIICSI: treated(0.12),
		OFRIANN: treated(0.05),
		TIDLEVF: p.parity,
		TIDDODF: stillbirths(random),
		TID7DOD: p.parity > 0 ? deadWithinAWeek(random) : 0,
		TIDSDOD: p.parity > 0 ? deadLater(random) : 0,
		TIDMISSF: miscarriages(random),
		URINVINF: tick(0.11),
		NJURSJUK: tick(0.005),
		DIABETES: tick(0.007),
		EPILEPSI: tick(0.005),
		ULCOLIT: tick(0.008),
		SLE: tick(0.002),
		HYPERTON: tick(p.bodyMass > 32 ? 0.02 : 0.006),
		ASTMA: tick(0.07),
		LMINS: random.chance(0.25) ? medication(random) : undefined,
		SISTMENS: lastPeriod,
		BPSM: lastPeriod + 280,
		BPUL: start + 280,
		ULDAT: scanned <= p.bornOn ? scanned : undefined
	};
}

function identityOf(p: Pregnancy, random: Random): Values {
	const kind = random.next();
	if (kind < 0.006) return { MPNR: reserveNumber(p.motherBornOn, random), MIDTYP: '3' };
	const coordination = kind < 0.022;
	const number = identityNumber(p.motherBornOn, 2 * random.whole(0, 499), coordination);
	if (kind > 0.998) return { MPNR: number, MIDTYP: '9' };
	return { MPNR: number, MIDTYP: coordination ? '2' : '1' };
}
