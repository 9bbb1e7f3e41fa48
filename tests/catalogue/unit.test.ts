import { expect, test } from 'vitest';
import { findUnit, readDefinition } from '#lib/catalogue/catalogue.ts';
import { isActive, type Unit } from '#lib/catalogue/unit.ts';
import { definitionFiles } from './definition-files.ts';

const mfr = readDefinition(definitionFiles('mfr'));
const today = '2026-11-23';

function unitNamed(id: string): Unit {
	const found = mfr.unitById.get(id);
	if (!found) throw new Error(`units.csv has no ${id}.`);
	return found;
}

test('44 maternity units deliver today and 10 have closed', () => {
	const active = mfr.units.filter((u) => isActive(u, today, today));
	expect(active).toHaveLength(44);
	expect(mfr.units).toHaveLength(54);
	expect(mfr.units.filter((u) => u.active.every((p) => p.to !== undefined && p.to < today))).toHaveLength(10);
});

test('Lycksele is not active in its pause, and is before and after it', () => {
	const lycksele = unitNamed('lycksele');
	expect(isActive(lycksele, '2023-01-01', '2023-12-31')).toBe(false);
	expect(isActive(lycksele, '2022-12-23', '2024-02-18')).toBe(false);
	expect(isActive(lycksele, '2022-12-01', '2022-12-31')).toBe(true);
	expect(isActive(lycksele, '2024-02-01', '2024-02-29')).toBe(true);
});

test('Sollefteå is active on its last day and not on the next', () => {
	const solleftea = unitNamed('solleftea');
	expect(isActive(solleftea, '2017-01-31', '2017-01-31')).toBe(true);
	expect(isActive(solleftea, '2017-02-01', today)).toBe(false);
});

test('a unit is found by its id and by its hospital code', () => {
	expect(findUnit(mfr, 'sodersjukhuset')?.code).toBe('10013');
	expect(findUnit(mfr, '10013')?.id).toBe('sodersjukhuset');
});

test('a blank hospital code finds no unit', () => {
	expect(mfr.units.filter((u) => u.code === '').length).toBeGreaterThan(0);
	expect(findUnit(mfr, '')).toBeUndefined();
});

test('no two units have the same hospital code', () => {
	const codes = mfr.units.map((u) => u.code).filter((code) => code !== '');
	expect(new Set(codes).size).toBe(codes.length);
});

test('the active units have together about as many births a year as the nation', () => {
	const births = mfr.units
		.filter((u) => isActive(u, today, today))
		.reduce((sum, u) => sum + u.births_per_year, 0);
	const nation = mfr.references.find((r) => r.unit === '' && r.year === 2023)?.births ?? 0;
	expect(births / nation).toBeGreaterThan(0.95);
	expect(births / nation).toBeLessThan(1.05);
});
