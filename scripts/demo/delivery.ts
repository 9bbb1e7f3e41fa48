import type { Pregnancy } from './pregnancy.ts';
import { weighted, type Random } from './random.ts';
import type { Values } from './values.ts';

const inductionMethod = weighted(['MAC00', 3], ['DG003', 4], ['DT036', 2], ['MAW00', 1]);
const tearOfFirst = weighted(['0', 0.2], ['1', 0.33], ['2', 0.42], ['3', 0.045], ['4', 0.005]);
const tearOfLater = weighted(['0', 0.42], ['1', 0.36], ['2', 0.21], ['3', 0.01]);

/** What the delivery ward writes about the mother (form FV1). */
export function delivery(p: Pregnancy, random: Random): Values {
	const { practice } = p.habit;
	const tick = (share: number) => (random.chance(share) ? '1' : undefined);
	const caesarean = p.end === 'caesarean';
	const vaginal = !caesarean;
	const labour = p.onset !== 'caesarean';
	const hours = p.onset === 'induced' ? 26 : labour ? 7 : 2.5;
	const stay = caesarean ? random.whole(2, 4) : random.whole(0, 3);
	const tear = p.parity === 0 ? tearOfFirst(random) : tearOfLater(random);
	const torn = vaginal && (tear === '3' || tear === '4');
	const epidural = labour && random.chance(practice.epidural * (p.parity === 0 ? 1.35 : 0.7));
	const spinal = caesarean ? tick(epidural ? 0.4 : 0.93) : tick(0.02);
	const gas = labour ? tick(practice.nitrousOxide) : undefined;
	const pudendal = vaginal ? tick(0.035) : undefined;
	const infiltration = vaginal ? tick(0.3) : undefined;
	const asleep = caesarean && !spinal ? tick(0.35) : undefined;
	const anything = epidural || spinal || gas || pudendal || infiltration || asleep;
	return {
		SJUKHUS: p.habit.hospitalCode,
		// one in two hundred is born on the way
		INKDAT:
			random.chance(0.005) && vaginal
				? p.bornAt + random.whole(15, 90)
				: p.bornAt - Math.round(60 * hours * (0.3 + 1.4 * random.next())),
		UTDATM: p.bornOn + stay,
		MVIKTFV: Math.max(42, p.weight + random.rounded((13.5 * p.gestation) / 280, 4.5, -8, 35)),
		ANTFOST: p.children,
		BORDF2: p.children === 2 ? '2' : '1',
		GRVFV: Math.floor(p.gestation / 7),
		GRDFV: p.gestation % 7,
		FLSPONT: p.onset === 'spontaneous' ? '1' : undefined,
		FLINDUKT: p.onset === 'induced' ? '1' : undefined,
		SECFORE: p.onset === 'caesarean' ? '1' : undefined,
		INDMET: p.onset === 'induced' ? inductionMethod(random) : undefined,
		ELEKAKUT: caesarean ? (p.elective ? '1' : '2') : undefined,
		EPIBL: epidural ? '1' : practice.writesNoEpidural ? '0' : undefined,
		SPINALBL: spinal,
		LUSTGAS: gas,
		PUDBL: pudendal,
		INFILTR: infiltration,
		GENANEST: asleep,
		SMINGEN: anything ? undefined : '1',
		OXYSTIM: labour && random.chance(practice.oxytocin * (p.parity === 0 ? 1.4 : 0.7)) ? 'DT037' : undefined,
		VATAVG: labour ? p.bornAt - 5 * Math.floor(12 * hours * random.next()) : undefined,
		BLODML: bloodLoss(caesarean, random),
		PERINEOT: vaginal ? (random.chance(p.end === 'vaginal' ? 0.035 : 0.3) ? '1' : '0') : undefined,
		BRISTGR: vaginal ? tear : undefined,
		SFINKTER: torn ? '1' : undefined,
		MDIAG1: diagnoses(p, torn),
		FLOP1: procedures(p, torn)
	};
}

const bloodLoss = (caesarean: boolean, random: Random) =>
	50 *
	Math.min(80, Math.max(1, Math.round(Math.exp(random.normal(Math.log(caesarean ? 480 : 320), 0.55)) / 50)));

function diagnoses(p: Pregnancy, torn: boolean): string {
	const mode = {
		vaginal: 'O80.0',
		vacuum: 'O81.4',
		forceps: 'O81.0',
		caesarean: p.elective ? 'O82.0' : 'O82.1'
	}[p.end];
	const outcome = p.stillborn ? 'Z37.1' : p.children === 2 ? 'Z37.2' : 'Z37.0';
	return [p.children === 2 ? 'O84.8' : mode, outcome, torn ? 'O70.2' : ''].filter(Boolean).join(' ');
}

function procedures(p: Pregnancy, torn: boolean): string | undefined {
	const mode = { vaginal: '', vacuum: 'MAE00', forceps: 'MAF00', caesarean: p.elective ? 'MCA10' : 'MCA00' }[
		p.end
	];
	return [mode, torn ? 'MBC33' : ''].filter(Boolean).join(' ') || undefined;
}
