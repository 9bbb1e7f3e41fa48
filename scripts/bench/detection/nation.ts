import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { CodeCounts, FormHistory, ItemHistory, NationHistory } from '#lib/measures/history.ts';
import type { DayCounts } from '#lib/measures/stop-day.ts';
import { nationalRatio, overdispersion, volume, type VolumeCounts } from '#lib/measures/volume.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import { addDays } from '#lib/period/day.ts';
import { Random } from '../../demo/random.ts';
import { createVolume, type Volume as DailyBirths } from '../../demo/volume.ts';
import { binomial } from './draw.ts';
import { UnitRates, type Drawn } from './rates.ts';
import type { Plant } from './plants.ts';

/** The judged year and the years before it. */
const year = 2025;
const yearsBefore = 3;
const monthsBefore = 12 * yearsBefore;
/** The judged year's months begin on these days of it, the first being 0. */
export const monthStarts = [0, 31, 59, 90, 120];
const numbersEndingIn0 = ['10', '20', '30', '40'];
const otherNumbers = Array.from({ length: 36 }, (_, at) => String(at + Math.floor(at / 9) + 1));

/** A span of days in which nothing changes: a month before the judged year, or between two rounds or months in it. */
type Cell = { year: number; month: number; from: number; to: number; met: boolean };

/**
 * How a national register is drawn: faults meet births from the day on that lies `faultDay` days into the year, but
 * births that are not sent are missing from its first day.
 */
export type Draw = { seed: number; plants: readonly Plant[]; faultDay: number; rounds: readonly number[] };

/** What one unit has in each cell. */
type UnitDrawn = {
	unit: string;
	births: Int32Array;
	onTime: Int32Array;
	items: Map<string, ItemHistory>;
	forms: Map<string, FormHistory>;
	codes: Map<string, { counts: Map<string, Int32Array>; before: Map<string, number> }>;
	/** Births on each day of the judged year, and of the earlier years, the nearest first. */
	days: Int32Array;
	earlierDays: Int32Array[];
	stopDays: { variable: string; days: DayCounts[] } | null;
};

/** A whole register as counts, and how it stands after so many days of the judged year. */
export type Nation = {
	history: (days: number) => NationHistory;
	/** The days of the variable that was planted to stop or drop in a unit. */
	days: (unit: string, days: number) => DayCounts[];
	lastYear: (unit: string, days: number) => number;
};

export function drawNation(
	d: Definition,
	units: readonly Unit[],
	variables: readonly Drawn[],
	draw: Draw
): Nation {
	const cells = cellsOf(draw);
	const daily = createVolume(d, draw.seed);
	const drawn = units.map((unit) => drawUnit(unit, variables, cells, daily, draw));
	return {
		history: (days) => historyAt(drawn, variables, cells, days),
		days: (unit, days) => {
			const all = drawn.find((own) => own.unit === unit)?.stopDays?.days ?? [];
			const end = addDays(`${year}-01-01`, days);
			return all.filter(({ day }) => day < end);
		},
		lastYear: (unit, days) =>
			sumOf(drawn.find((own) => own.unit === unit)?.earlierDays[0] ?? new Int32Array(), days)
	};
}

function cellsOf({ faultDay, rounds }: Draw): Cell[] {
	const before = Array.from({ length: monthsBefore }, (_, at): Cell => {
		return { year: year - yearsBefore + Math.floor(at / 12), month: at, from: 0, to: 0, met: false };
	});
	const end = Math.max(...rounds);
	const bounds = [...new Set([...monthStarts, faultDay, ...rounds])]
		.filter((day) => day <= end)
		.sort((a, b) => a - b);
	const judged = bounds.slice(0, -1).map((from, at): Cell => {
		const month = monthsBefore + monthStarts.findLastIndex((start) => start <= from);
		return { year, month, from, to: bounds[at + 1] ?? end, met: from >= faultDay };
	});
	return [...before, ...judged];
}

function drawUnit(
	unit: Unit,
	variables: readonly Drawn[],
	cells: readonly Cell[],
	daily: DailyBirths,
	{ seed, plants }: Draw
): UnitDrawn {
	const random = new Random(seed, 'draw', unit.id);
	const plant = plants.find((p) => p.unit === unit.id) ?? null;
	const rates = new UnitRates(unit.id, seed);
	const born = (of: number, lost: number) => {
		const days = Array.from({ length: 12 }, (_, month) => [...daily(unit, of, month + 1)]).flat();
		return Int32Array.from(days, (expected) => random.events(expected * (1 - lost)));
	};
	const days = born(year, plant?.kind === 'volume' ? plant.size : 0);
	const earlierDays = Array.from({ length: yearsBefore }, (_, back) => born(year - 1 - back, 0));
	const births = Int32Array.from(cells, (cell, at) => {
		if (cell.year === year) return sumOf(days, cell.to) - sumOf(days, cell.from);
		const own = earlierDays[year - 1 - cell.year] ?? new Int32Array();
		const from = Math.round(((at % 12) * 365) / 12);
		return sumOf(own, Math.round((((at % 12) + 1) * 365) / 12)) - sumOf(own, from);
	});
	const each = (of: Int32Array, share: (cell: Cell) => number) =>
		Int32Array.from(cells, (cell, at) => binomial(of[at] ?? 0, share(cell), random));
	const yearly = (share: (of: number) => number) => {
		const byYear = Array.from({ length: yearsBefore + 1 }, (_, back) => share(year - back));
		return (cell: Cell) => byYear[year - cell.year] ?? 0;
	};
	const meets = (kind: Plant['kind'], subject: string | null, cell: Cell) =>
		plant !== null && plant.kind === kind && plant.subject === subject && cell.met ? plant.size : 0;
	const late = yearly((of) => rates.late(of));
	const onTime = each(births, (cell) => Math.max(0, 1 - late(cell) - meets('late', null, cell)));
	const formShares = new Map<string, (cell: Cell) => number>();
	const forms = new Map<string, FormHistory>();
	for (const form of new Set(variables.map((v) => v.form))) {
		const usual = yearly((of) => rates.formMissing(form, of));
		const share = (cell: Cell) => Math.max(usual(cell), meets('form', form, cell));
		formShares.set(form, share);
		forms.set(form, { applicable: births, missing: each(births, share) });
	}
	const items = new Map<string, ItemHistory>();
	const codes: UnitDrawn['codes'] = new Map();
	let stopDays: UnitDrawn['stopDays'] = null;
	for (const v of variables) {
		const missing = yearly((of) => rates.missing(v, of));
		const wrong = yearly((of) => rates.invalid(v.id, of));
		const odd = yearly((of) => rates.implausible(v.id, of));
		const lost = formShares.get(v.form) ?? (() => 0);
		const share = (cell: Cell) => {
			const usual = (1 - missing(cell)) * (1 - lost(cell));
			const stopped = usual * (1 - meets('stops', v.id, cell)) * (1 - meets('unused', v.id, cell));
			return Math.max(0, stopped - meets('drops', v.id, cell));
		};
		const applicable = v.applies === 1 ? births : each(births, () => v.applies);
		const permitted = applicable.slice();
		const invalid = each(applicable, (cell) => wrong(cell) + meets('invalid', v.id, cell));
		invalid.forEach((count, at) => (permitted[at] = (permitted[at] ?? 0) - count));
		const recorded = each(permitted, share);
		if (plant && plant.subject === v.id && (plant.kind === 'stops' || plant.kind === 'drops')) {
			stopDays = { variable: v.id, days: [] };
			drawDays(stopDays.days, {
				cells,
				days,
				earlier: earlierDays[0],
				share,
				v,
				random,
				applicable,
				recorded
			});
		}
		items.set(v.id, { applicable, recorded, invalid, implausible: each(recorded, odd) });
		if (v.distribution !== null)
			codes.set(
				v.id,
				drawCodes(v, rates, recorded, cells, random, (cell) => meets('code', v.id, cell))
			);
	}
	return { unit: unit.id, births, onTime, items, forms, codes, days, earlierDays, stopDays };
}

/** The planted variable day by day, from October of the year before; the judged cells are made of these days. */
function drawDays(
	into: DayCounts[],
	from: {
		cells: readonly Cell[];
		days: Int32Array;
		earlier: Int32Array | undefined;
		share: (cell: Cell) => number;
		v: Drawn;
		random: Random;
		applicable: Int32Array;
		recorded: Int32Array;
	}
): void {
	const { cells, days, earlier, share, v, random, applicable, recorded } = from;
	const add = (day: number, births: number, cell: Cell) => {
		const n = v.applies === 1 ? births : binomial(births, v.applies, random);
		const k = binomial(n, share(cell), random);
		into.push({ day: addDays(`${year}-01-01`, day), applicable: n, recorded: k });
		return { n, k };
	};
	const before = cells[monthsBefore - 1];
	if (before) for (let day = -92; day < 0; day++) add(day, earlier?.[365 + day] ?? 0, before);
	cells.forEach((cell, at) => {
		if (cell.year !== year) return;
		applicable[at] = 0;
		recorded[at] = 0;
		for (let day = cell.from; day < cell.to; day++) {
			const { n, k } = add(day, days[day] ?? 0, cell);
			applicable[at] = (applicable[at] ?? 0) + n;
			recorded[at] = (recorded[at] ?? 0) + k;
		}
	});
}

/** How the recorded values are distributed: in the year before together, in the judged year cell by cell. */
function drawCodes(
	v: Drawn,
	rates: UnitRates,
	recorded: Int32Array,
	cells: readonly Cell[],
	random: Random,
	moved: (cell: Cell) => number
) {
	const names = v.distribution === 'codes' ? v.codes.map(([code]) => code) : ['even', 'other'];
	const shares = (of: number) => {
		const heaped = rates.heaped(v.id, of);
		return v.distribution === 'codes' ? rates.codes(v, of) : [heaped, 1 - heaped];
	};
	const byYear = { now: shares(year), before: shares(year - 1) };
	const counts = new Map(names.map((name) => [name, new Int32Array(cells.length)]));
	const before = new Map(names.map((name) => [name, 0]));
	cells.forEach((cell, at) => {
		if (cell.year < year - 1) return;
		const part = moved(cell);
		const likely = cell.year === year ? byYear.now : byYear.before;
		let left = recorded[at] ?? 0;
		let rest = 1;
		names.forEach((name, place) => {
			// the last code is the one that takes the place of others
			const share = (likely[place] ?? 0) * (1 - part) + (place === names.length - 1 ? part : 0);
			const count = place === names.length - 1 ? left : binomial(left, Math.min(1, share / rest), random);
			left -= count;
			rest -= share;
			if (cell.year === year) counts.get(name)?.fill(count, at, at + 1);
			else before.set(name, (before.get(name) ?? 0) + count);
		});
	});
	return { counts, before };
}

function historyAt(
	drawn: readonly UnitDrawn[],
	variables: readonly Drawn[],
	cells: readonly Cell[],
	days: number
): NationHistory {
	const used = cells.filter((cell) => cell.year !== year || cell.to <= days).length;
	const last = (cells[used - 1]?.month ?? 0) + 1;
	const byMonth = (of: Int32Array) => {
		const months = new Int32Array(last);
		for (let at = 0; at < used; at++) {
			const month = cells[at]?.month ?? 0;
			months[month] = (months[month] ?? 0) + (of[at] ?? 0);
		}
		return months;
	};
	const mapped = <From, To>(map: ReadonlyMap<string, From>, to: (value: From) => To) =>
		new Map([...map].map(([key, value]) => [key, to(value)] as const));
	const volumes = volumesAt(drawn, days);
	return {
		months: Array.from({ length: last }, (_, at) => addMonths(`${year - yearsBefore}-01`, at)),
		judgedFrom: monthsBefore,
		variables,
		units: drawn.map((own, at) => ({
			unit: own.unit,
			births: byMonth(own.births),
			onTime: byMonth(own.onTime),
			items: mapped(own.items, ({ applicable, recorded, invalid, implausible }) => ({
				applicable: byMonth(applicable),
				recorded: byMonth(recorded),
				invalid: byMonth(invalid),
				implausible: byMonth(implausible)
			})),
			forms: mapped(own.forms, ({ applicable, missing }) => ({
				applicable: byMonth(applicable),
				missing: byMonth(missing)
			})),
			codes: mapped(own.codes, ({ counts, before }) => {
				const codes = new Map<string, CodeCounts>();
				for (const [code, of] of counts) {
					const now = sumOf(of, used);
					const names = code === 'even' ? numbersEndingIn0 : code === 'other' ? otherNumbers : [code];
					const spread = (count: number, place: number) =>
						Math.floor(count / names.length) + (place < count % names.length ? 1 : 0);
					names.forEach((name, place) =>
						codes.set(name, { now: spread(now, place), before: spread(before.get(code) ?? 0, place) })
					);
				}
				return codes;
			}),
			missingMonths: [],
			volume: volumes[at] ?? null
		}))
	};
}

/** Volumes as a view has them: earlier years in which the unit was active, scaled by the nation without it. */
function volumesAt(drawn: readonly UnitDrawn[], days: number) {
	const now = drawn.map((own) => sumOf(own.days, days));
	const earlier = drawn.map((own) => own.earlierDays.map((of) => sumOf(of, days)));
	const total = (numbers: readonly number[]) => numbers.reduce((sum, value) => sum + value, 0);
	const nationNow = total(now);
	const nationEarlier = Array.from({ length: yearsBefore }, (_, back) =>
		total(earlier.map((of) => of[back] ?? 0))
	);
	const counts = drawn.map((_, at): VolumeCounts => {
		const active = (earlier[at] ?? []).flatMap((births, back) => (births > 0 ? [back] : []));
		const own = active.map((back) => earlier[at]?.[back] ?? 0);
		const observed = now[at] ?? 0;
		const ratio = nationalRatio(
			{ now: nationNow, earlierTotal: total(active.map((back) => nationEarlier[back] ?? 0)) },
			{ now: observed, earlierTotal: total(own) },
			active.length
		);
		return { observed, earlier: own, ratio };
	});
	const dispersion = overdispersion(counts);
	return counts.map((of) => volume(of, dispersion));
}

function sumOf(counts: Int32Array, before: number): number {
	let sum = 0;
	for (let at = 0; at < before; at++) sum += counts[at] ?? 0;
	return sum;
}
