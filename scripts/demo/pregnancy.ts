import type { Habit } from './habit.ts';
import { minutesOfDay } from './days.ts';
import { weighted, type Random } from './random.ts';

/** What belongs together in one delivery, before any form is filled in. */
export type Pregnancy = {
	habit: Habit;
	/** Minutes since 1970, of the first child. */
	bornAt: number;
	/** The day of that, days since 1970. */
	bornOn: number;
	motherBornOn: number;
	/** Days. */
	gestation: number;
	children: 1 | 2;
	stillborn: boolean;
	parity: number;
	/** cm */
	height: number;
	/** kg at enrolment */
	weight: number;
	bodyMass: number;
	/** Codes before the pregnancy, at enrolment and in weeks 30–32. */
	smoking: [string, string, string];
	snus: [string, string, string];
	onset: 'spontaneous' | 'induced' | 'caesarean';
	breech: boolean;
	/** How the (first) child came. */
	end: 'vaginal' | 'vacuum' | 'forceps' | 'caesarean';
	elective: boolean;
};

/** Twin deliveries among all deliveries. */
export const twinShare = 0.014;
/** Stillbirths among all births. */
export const stillbirthShare = 0.0035;

const earlierChildren = weighted(
	[0, 0.43],
	[1, 0.36],
	[2, 0.14],
	[3, 0.045],
	[4, 0.015],
	[5, 0.007],
	[7, 0.003]
);
const dailyCigarettes = weighted(['2', 0.7], ['3', 0.3]);

/** A delivery that begins on this minute, drawn with what belongs together. */
export function pregnancy(habit: Habit, minute: number, random: Random): Pregnancy {
	const children = random.chance(twinShare) ? 2 : 1;
	const stillborn = random.chance(stillbirthShare);
	const gestation = daysOfGestation(children, stillborn, random);
	const age = random.rounded(31.2 * 365.25, 5.1 * 365.25, 15.5 * 365, 50 * 365);
	const parity = age < 24 * 365 && random.chance(0.5) ? 0 : earlierChildren(random);
	const height = random.rounded(166.6, 6.4, 140, 192);
	const bodyMass = Math.exp(random.normal(Math.log(24.9), 0.19));
	const weight = Math.min(175, Math.max(40, Math.round((bodyMass * height * height) / 10_000)));
	const breech = random.chance(gestation < 252 ? 0.1 : 0.033);

	const { practice } = habit;
	const early = practice.caesareanBeforeLabour * (breech ? 6 : children === 2 ? 3 : 0.85);
	const onset =
		!stillborn && random.chance(early)
			? 'caesarean'
			: random.chance(stillborn ? 0.8 : gestation >= 287 ? 0.7 : gestation < 259 ? 0.3 : practice.induction)
				? 'induced'
				: 'spontaneous';
	const first = parity === 0;
	const inLabour = stillborn ? 0.04 : practice.caesareanInLabour * (breech ? 5 : first ? 1.6 : 0.55);
	const end =
		onset === 'caesarean' || random.chance(inLabour)
			? 'caesarean'
			: random.chance(stillborn ? 0 : practice.vacuum * (first ? 1.9 : 0.35))
				? random.chance(0.03)
					? 'forceps'
					: 'vacuum'
				: 'vaginal';
	const elective = onset === 'caesarean' && random.chance(0.85);
	const day = Math.floor(minute / minutesOfDay);
	const bornAt = elective ? day * minutesOfDay + random.whole(8 * 60, 15 * 60) : minute;
	return {
		habit,
		bornAt,
		bornOn: day,
		motherBornOn: day - age,
		gestation,
		children,
		stillborn,
		parity,
		height,
		weight,
		bodyMass,
		smoking: smokingCodes(random),
		snus: snusCodes(random),
		onset,
		breech,
		end,
		elective
	};
}

function daysOfGestation(children: number, stillborn: boolean, random: Random): number {
	if (stillborn) return random.whole(154, 287);
	if (children === 2) return random.rounded(254, 15, 165, 280);
	const kind = random.next();
	if (kind < 0.0035) return random.whole(160, 195);
	if (kind < 0.05) return 258 - Math.min(60, Math.floor(-14 * Math.log(1 - random.next())));
	return random.rounded(280, 8.5, 259, 300);
}

function smokingCodes(random: Random): Pregnancy['smoking'] {
	const before = random.chance(0.1) ? dailyCigarettes(random) : '1';
	const atStart = before !== '1' && random.chance(0.4) ? before : '1';
	return [before, atStart, atStart !== '1' && random.chance(0.75) ? '2' : '1'];
}

function snusCodes(random: Random): Pregnancy['snus'] {
	const before = random.chance(0.06);
	const atStart = before && random.chance(0.25);
	return [before ? '1' : '0', atStart ? '1' : '0', atStart && random.chance(0.6) ? '1' : '0'];
}
