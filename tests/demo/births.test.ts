import { beforeAll, expect, test } from 'vitest';
import { reported, type Definition } from '#lib/catalogue/catalogue.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { createBirths } from '../../scripts/demo/births.ts';
import { monthsOf, year } from '#lib/period/period.ts';
import { habitsOf, type Habit } from '../../scripts/demo/habit.ts';
import { meanWeight, newborn } from '../../scripts/demo/newborn.ts';
import { pregnancy } from '../../scripts/demo/pregnancy.ts';
import { Random } from '../../scripts/demo/random.ts';
import type { Value, Values } from '../../scripts/demo/values.ts';
import { createVolume, nationalBirths } from '../../scripts/demo/volume.ts';

const seed = 1;
let definition: Definition;
let habits: Habit[];
let births: Values[];

beforeAll(async () => {
	definition = await loadDefinition('data/mfr');
	habits = [...habitsOf(definition, seed).values()];
	const make = createBirths(definition, seed, 1);
	births = habits.flatMap((habit) => [3, 7].flatMap((month) => make(habit, 2024, month)));
}, 60_000);

const number = (value: Value) => (typeof value === 'number' ? value : Number.NaN);
const share = (holds: (birth: Values) => boolean) => births.filter(holds).length / births.length;

test("the units' births of a year are the nation's in the reference, stillbirths added", () => {
	const volume = createVolume(definition, seed);
	for (const { year: y, births: known } of definition.references.filter((r) => r.year >= 2021)) {
		let sum = 0;
		for (const { unit } of habits)
			for (let month = 1; month <= 12; month++) for (const day of volume(unit, y, month)) sum += day;
		expect(sum / known, String(y)).toBeCloseTo(1.0035, 4);
	}
});

test('the births drawn for a year lie within two per cent of the reference', () => {
	const make = createBirths(definition, seed, 0.25);
	const drawn = habits.flatMap((habit) =>
		monthsOf(year(2023)).map((month) => make(habit, 2023, Number(month.slice(5))).length)
	);
	const all = drawn.reduce((sum, n) => sum + n, 0) * 4;
	expect(Math.abs(all / nationalBirths(definition, 2023) - 1)).toBeLessThan(0.02);
});

test('a year that the reference does not know goes on as the last two', () => {
	expect(nationalBirths(definition, 2026)).toBeCloseTo((97_200 * 97_200) / 98_451, 6);
});

test('a unit that pauses has births on its active days only', () => {
	const volume = createVolume(definition, seed);
	const lycksele = definition.unitById.get('lycksele');
	if (!lycksele) throw new Error('no Lycksele');
	expect(volume(lycksele, 2023, 6).every((expected) => expected === 0)).toBe(true);
	const february = volume(lycksele, 2024, 2);
	expect([...february].map((expected) => expected > 0)).toEqual(
		Array.from({ length: 29 }, (_, index) => index >= 18)
	);
});

test('summer has more births than winter, working days more than weekends', () => {
	const volume = createVolume(definition, seed);
	const { unit } = habits[0] as Habit;
	const perDay = (month: number) =>
		volume(unit, 2025, month).reduce((sum, n, _, all) => sum + n / all.length, 0);
	expect(perDay(7) / perDay(12)).toBeGreaterThan(1.1);
	const july = volume(unit, 2025, 7);
	expect(Number(july[1]) / Number(july[5])).toBeGreaterThan(1.1); // Wednesday the 2nd, Sunday the 6th
});

test('every reported variable is written', () => {
	const written = new Set(
		births.flatMap((birth) => Object.keys(birth).filter((id) => birth[id] !== undefined))
	);
	expect(
		reported(definition)
			.filter((v) => !written.has(v.id))
			.map((v) => v.id)
	).toEqual([]);
	expect([...written].filter((id) => id !== 'REF' && !definition.byId.has(id))).toEqual([]);
});

test('codes are those of the catalogue and classification codes have its form', () => {
	for (const v of reported(definition)) {
		const found = new Set(births.flatMap((birth) => String(birth[v.id] ?? '').split(' ')).filter(Boolean));
		if (v.codes) {
			const permitted = v.codes.map((c) => c.code);
			expect(
				[...found].filter((code) => !permitted.includes(code)),
				v.id
			).toEqual([]);
		}
		if (v.type === 'classification' && v.pattern) {
			const pattern = new RegExp(`^(${v.pattern})$`);
			expect(
				[...found].filter((code) => !pattern.test(code)),
				v.id
			).toEqual([]);
		}
	}
});

test('numbers lie within the limits of the catalogue', () => {
	for (const v of reported(definition)) {
		const limits = v.softLimits ?? v.hardLimits;
		if (!limits || typeof limits[0] !== 'number' || typeof limits[1] !== 'number') continue;
		const values = births.flatMap((birth) => (typeof birth[v.id] === 'number' ? [number(birth[v.id])] : []));
		expect(Math.min(...values), v.id).toBeGreaterThanOrEqual(limits[0]);
		expect(Math.max(...values), v.id).toBeLessThanOrEqual(limits[1]);
	}
});

test('what a condition rules out is not written', () => {
	const never = (title: string, holds: (birth: Values) => boolean) =>
		expect(births.filter(holds), title).toEqual([]);
	const has = (birth: Values, id: string) => birth[id] !== undefined;
	for (const id of ['BPNR', 'APGAR1', 'APGAR5', 'APGAR10', 'NAVPHA', 'BUTDAT', 'UPPFOD', 'NEOVARD'])
		never(`${id} of a stillborn child`, (b) => has(b, 'DODFOD') && has(b, id));
	never(
		'planned or not, but no caesarean',
		(b) => has(b, 'ELEKAKUT') && has(b, 'VAGINAL') && b.ANTFOST === 1
	);
	never('a tear and a caesarean', (b) => has(b, 'BRISTGR') && has(b, 'SECAVSL') && b.ANTFOST === 1);
	never('order of a single child', (b) => b.BORDF2 === '1' && has(b, 'BORDNRF2'));
	never('method without induction', (b) => has(b, 'INDMET') && (has(b, 'FLSPONT') || has(b, 'SECFORE')));
	never('weeks 30–32 before them', (b) => number(b.GRVFV) < 30 && has(b, 'ROK2'));
	never('treated, but not childless', (b) => has(b, 'OFRIABEF') && b.OFRIBARN === 0);
	never('tears without the box', (b) => b.BRISTGR === '4' && !has(b, 'SFINKTER'));
});

test('days come in order', () => {
	const order = ['SISTMENS', 'INDATMHV', 'BFODDAT', 'BUTDAT'];
	for (const birth of births) {
		const days = order.flatMap((id) => (birth[id] === undefined ? [] : [number(birth[id])]));
		expect(days).toEqual(days.toSorted((a, b) => a - b));
		if (birth.SISTMHV !== undefined) expect(number(birth.SISTMHV)).toBeLessThanOrEqual(number(birth.BFODDAT));
	}
});

test('twins, stillbirths, caesareans and boys are as common as they should be', () => {
	expect(share((b) => b.BORDF2 === '2')).toBeCloseTo(0.0276, 2);
	expect(share((b) => b.DODFOD !== undefined)).toBeCloseTo(0.0035, 2);
	expect(share((b) => b.SECAVSL === '1')).toBeCloseTo(0.18, 1);
	expect(share((b) => b.KON === '1')).toBeCloseTo(0.514, 1);
	const second = births.filter((b) => b.BORDNRF2 === 2);
	for (const twin of second) {
		const first = births[births.indexOf(twin) - 1];
		expect(first?.MPNR).toBe(twin.MPNR);
		expect(first?.REF).not.toBe(twin.REF);
	}
});

test('birth weight follows gestation, Apgar rises, length follows weight', () => {
	expect(meanWeight(280, true)).toBeCloseTo(3634, -1);
	expect(meanWeight(280, false)).toBeCloseTo(3521, -1);
	const random = new Random(5);
	const habit = habits[0] as Habit;
	const children = Array.from({ length: 3000 }, (_, turn) => {
		const p = pregnancy(habit, 29_000_000, random);
		return { days: p.gestation, ...newborn(p, 1, () => turn % 1000, random) } as Values;
	}).filter((child) => child.DODFOD === undefined);
	const mean = (of: Values[], id: string) =>
		of.reduce((sum, child) => sum + number(child[id]), 0) / of.length;
	const early = children.filter((child) => number(child.days) < 245);
	const term = children.filter((child) => number(child.days) >= 273);
	expect(mean(term, 'BVIKT')).toBeGreaterThan(3400);
	expect(mean(early, 'BVIKT')).toBeLessThan(2500);
	expect(mean(early, 'BLANGDF2')).toBeLessThan(mean(term, 'BLANGDF2') - 3);
	for (const child of children) {
		expect(number(child.APGAR5)).toBeGreaterThanOrEqual(number(child.APGAR1));
		expect(number(child.APGAR10)).toBeGreaterThanOrEqual(number(child.APGAR5));
	}
});

test('the nation leaves blank about what the catalogue assumes, each unit in its own way', () => {
	const blankOf = (unit: Values[], id: string) =>
		unit.filter((birth) => birth[id] === undefined).length / unit.length;
	const alive = births.filter((birth) => birth.DODFOD === undefined);
	for (const id of ['MVIKT', 'ROK2', 'BPUL', 'FAMSIT', 'BLODML', 'APGAR5']) {
		const assumed = 1 - (definition.byId.get(id)?.assumedShare ?? 1);
		expect(blankOf(alive, id) / assumed, id).toBeGreaterThan(0.6);
		expect(blankOf(alive, id) / assumed, id).toBeLessThan(1.6);
	}
	const make = createBirths(definition, seed, 1);
	const units = habits.slice(0, 6).map((habit) => blankOf(make(habit, 2024, 5), 'MVIKT'));
	expect(Math.max(...units) - Math.min(...units)).toBeGreaterThan(0.02);
});
