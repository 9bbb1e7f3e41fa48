import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { judge } from '#lib/measures/judge.ts';
import { changeDay } from '#lib/measures/stop-day.ts';
import { addDays, daysBetween } from '#lib/period/day.ts';
import { drawNation, monthStarts } from './nation.ts';
import { controlCharts, fixedThreshold, type Pointed } from './rivals.ts';
import { plantsOf, tellsOf, type Plant, type PlantKind } from './plants.ts';
import type { Drawn } from './rates.ts';
import { Random } from '../../demo/random.ts';

/** Days of births since a fault began after which the register is judged. */
export const sinceFault = [7, 14, 21, 30, 60, 90];
/** In these rounds the rivals are asked too, and what is flagged wrongly is counted. */
const mainRounds = new Set([30, 90]);
/** The first quarter of the year has so many days; volume is scored when it has passed. */
const quarter = 90;
/** `xmrFar`: of the charts only points outside the limits that are five points (of births a tenth) low. */
export const rivals = ['threshold', 'xmr', 'xmrFar'] as const;
export type Rival = (typeof rivals)[number];
export type Method = 'bortfall' | Rival;

/** What became of a fault: for each method, after which days it was found; and how far off the named day was. */
export type Outcome = {
	kind: PlantKind;
	size: number;
	large: boolean;
	births: number;
	/** The share that had the variable before, and that it applies to; null for what is no variable. */
	usual: number | null;
	applies: number;
	found: Record<Method, number[]>;
	/** Days off, at 14 and at 90 days; null where no day could be told. */
	dayOff: { soon: number | null; late: number | null };
};

/** What was flagged without a fault. */
export type FalseFlags = {
	unitRounds: number;
	flags: Record<Method, number>;
	/** Of the threshold's, those that were there the year before, too. */
	standing: number;
	byKind: Record<string, number>;
};

export type Scored = {
	registers: number;
	outcomes: Outcome[];
	planted: FalseFlags;
	clean: FalseFlags;
	judgeMs: number[];
};

/** From so many births a year on a unit is large. */
export const largeFrom = 1000;

/** Draws one register of a seed and judges it round after round, all methods on the same counts. */
export function scoreRegister(
	d: Definition,
	units: readonly Unit[],
	variables: readonly Drawn[],
	seed: number,
	faults: number,
	into: Scored
): void {
	const faultDay = new Random(seed, 'fault day').whole(0, 30);
	const rounds = [...sinceFault.map((days) => faultDay + days), quarter];
	const plants = plantsOf(
		units.map((u) => u.id),
		variables,
		faults,
		seed
	);
	const nation = drawNation(d, units, variables, { seed, plants, faultDay, rounds });
	const formOf = new Map(variables.map((v) => [v.id, v.form]));
	const size = new Map(units.map((u) => [u.id, u.births_per_year]));
	const outcomes = plants.map((plant): Outcome => {
		const births = size.get(plant.unit) ?? 0;
		const own = variables.find(({ id }) => id === plant.subject);
		return {
			kind: plant.kind,
			size: plant.size,
			large: births >= largeFrom,
			births,
			usual: own ? 1 - own.missing : null,
			applies: own?.applies ?? 1,
			found: { bortfall: [], threshold: [], xmr: [], xmrFar: [] },
			dayOff: { soon: null, late: null }
		};
	});
	const wrong = faults > 0 ? into.planted : into.clean;
	const isMain = (round: number) => mainRounds.has(round - faultDay);
	for (const round of [...new Set(rounds)].sort((a, b) => a - b)) {
		if (faults === 0 && !isMain(round)) continue;
		const history = nation.history(round);
		const start = performance.now();
		const flags = judge(history);
		into.judgeMs.push(performance.now() - start);
		const fullMonths = monthStarts.filter((day) => day > 0 && day <= round).length;
		const hasRivals = isMain(round) || round === quarter;
		const charts = hasRivals ? controlCharts(history, fullMonths) : [];
		const pointed: Record<Rival, Pointed[]> = {
			threshold: hasRivals ? fixedThreshold(history, (unit) => nation.lastYear(unit, round)) : [],
			xmr: charts,
			xmrFar: charts.filter(({ far }) => far)
		};
		const points = (plant: Plant, method: Rival) =>
			pointed[method].some((pointing) => !pointing.standing && pointsAt(plant, pointing, formOf));
		plants.forEach((plant, at) => {
			const outcome = outcomes[at];
			// volume is scored by the day of the year, all else by days since the fault
			const after = plant.kind === 'volume' ? (round === quarter ? quarter : null) : round - faultDay;
			if (!outcome || after === null) return;
			if (flags.some((flag) => tellsOf(plant, flag, formOf))) outcome.found.bortfall.push(after);
			for (const rival of rivals) if (points(plant, rival)) outcome.found[rival].push(after);
			if (plant.kind !== 'stops' || (after !== 14 && after !== 90)) return;
			const named = changeDay(nation.days(plant.unit, round))?.day;
			const off = named ? daysBetween(addDays('2025-01-01', faultDay), named) : null;
			outcome.dayOff[after === 14 ? 'soon' : 'late'] = off;
		});
		if (!isMain(round)) continue;
		wrong.unitRounds += units.length;
		for (const flag of flags) {
			if (plants.some((plant) => tellsOf(plant, flag, formOf))) continue;
			wrong.flags.bortfall++;
			wrong.byKind[flag.kind] = (wrong.byKind[flag.kind] ?? 0) + 1;
		}
		for (const rival of rivals)
			for (const pointing of pointed[rival]) {
				if (plants.some((plant) => pointsAt(plant, pointing, formOf))) continue;
				wrong.flags[rival]++;
				if (pointing.standing) wrong.standing++;
			}
	}
	into.outcomes.push(...outcomes);
	if (faults > 0) into.registers++;
}

/** Whether a rival points at what was planted, or at what comes of it. */
function pointsAt(plant: Plant, pointing: Pointed, formOf: ReadonlyMap<string, string>): boolean {
	if (plant.unit !== pointing.unit) return false;
	if (plant.kind === 'volume' || plant.kind === 'late') return pointing.what === plant.kind;
	if (plant.kind === 'form')
		return (
			pointing.subject === plant.subject ||
			(pointing.what === 'value' && formOf.get(pointing.subject ?? '') === plant.subject)
		);
	return pointing.subject === plant.subject;
}

export const nothingScored = (): Scored => ({
	registers: 0,
	outcomes: [],
	planted: noFalseFlags(),
	clean: noFalseFlags(),
	judgeMs: []
});

const noFalseFlags = (): FalseFlags => ({
	unitRounds: 0,
	flags: { bortfall: 0, threshold: 0, xmr: 0, xmrFar: 0 },
	standing: 0,
	byKind: {}
});

/** Two parts of the score as one. */
export function together(a: Scored, b: Scored): Scored {
	const flags = (one: FalseFlags, other: FalseFlags): FalseFlags => ({
		unitRounds: one.unitRounds + other.unitRounds,
		flags: {
			bortfall: one.flags.bortfall + other.flags.bortfall,
			threshold: one.flags.threshold + other.flags.threshold,
			xmr: one.flags.xmr + other.flags.xmr,
			xmrFar: one.flags.xmrFar + other.flags.xmrFar
		},
		standing: one.standing + other.standing,
		byKind: Object.fromEntries(
			[...new Set([...Object.keys(one.byKind), ...Object.keys(other.byKind)])].map((kind) => [
				kind,
				(one.byKind[kind] ?? 0) + (other.byKind[kind] ?? 0)
			])
		)
	});
	return {
		registers: a.registers + b.registers,
		outcomes: [...a.outcomes, ...b.outcomes],
		planted: flags(a.planted, b.planted),
		clean: flags(a.clean, b.clean),
		judgeMs: [...a.judgeMs, ...b.judgeMs]
	};
}
