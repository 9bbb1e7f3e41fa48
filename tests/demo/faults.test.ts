import { beforeAll, describe, expect, test } from 'vitest';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { isDay } from '#lib/period/day.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { demo, type DemoFile, type ManifestEntry } from '../../scripts/demo/country.ts';
import { demoFaults, type Fault } from '../../scripts/demo/faults.ts';
import { dayOf, rowsOf, type Row } from './rows.ts';

const today = '2026-11-23';
const faults = demoFaults(today);
const units = [...new Set(faults.map((fault) => fault.unit))].filter((unit) => unit !== 'sodersjukhuset');

type Sent = { files: DemoFile[]; rows: Row[] };
let definition: Definition;
let manifest: ManifestEntry[];
let sent: Map<string, Sent>;

beforeAll(async () => {
	definition = await loadDefinition('data/mfr');
	const made = demo(definition, { seed: 1, today, units, years: 1, scale: 0.6 });
	sent = new Map(units.map((unit) => [unit, { files: [], rows: [] }]));
	for (const file of made.files()) {
		const one = sent.get(file.unit.id);
		one?.files.push(file);
		one?.rows.push(...rowsOf(file));
	}
	manifest = made.manifest();
}, 60_000);

const of = (kind: Fault['kind'], variable?: string): Fault => {
	const found = faults.find(
		(fault) => fault.kind === kind && (!variable || fault.variable === variable) && units.includes(fault.unit)
	);
	if (!found) throw new Error(`no fault ${kind}`);
	return found;
};
const born = (row: Row) => dayOf(row.BFODDAT);
const within =
	({ from, to }: Fault) =>
	(row: Row) =>
		isDay(born(row)) && born(row) >= from && (to === undefined || born(row) <= to);
/** The share of whole rows for which something holds, within the fault and before it. */
function shares(fault: Fault, holds: (row: Row) => boolean) {
	const rows = (sent.get(fault.unit)?.rows ?? []).filter((row) => row.BFODDAT !== undefined);
	const share = (some: Row[]) => some.filter(holds).length / some.length;
	return {
		during: share(rows.filter(within(fault))),
		before: share(rows.filter((row) => born(row) < fault.from))
	};
}

describe('each planted fault is in the files', () => {
	test('a variable stops on its day', () => {
		const { during, before } = shares(of('variableStops', 'MVIKT'), (row) => row.MVIKT === '');
		expect(during).toBeGreaterThan(0.97);
		expect(before).toBeLessThan(0.2);
	});

	test('a box is ticked no more', () => {
		const { during, before } = shares(of('variableStops', 'LUSTGAS'), (row) => row.LUSTGAS === '1');
		expect(during).toBe(0);
		expect(before).toBeGreaterThan(0.4);
	});

	test('a variable drops by its size', () => {
		const fault = of('variableDrops');
		const { during, before } = shares(fault, (row) => row.ROK2 !== '');
		expect(during / before).toBeCloseTo(1 - fault.size, 1);
	});

	test('a variable that was lost comes in a file of its own', () => {
		const fault = of('variableStops', 'SNUS1');
		expect(shares(fault, (row) => row.SNUS1 === '').during).toBeGreaterThan(0.95);
		const supplement = sent
			.get(fault.unit)
			?.files.find((file) => rowsOf(file).every((row) => row.BFODDAT === undefined));
		expect(supplement?.receivedAt.slice(0, 10)).toBe('2026-07-20'); // the 19th is a Sunday
		const rows = supplement ? rowsOf(supplement) : [];
		expect(Object.keys(rows[0] ?? {})).toEqual(['REF', 'SNUS1']);
		expect(rows.length).toBeGreaterThan(200);
		expect(rows.every((row) => row.SNUS1 === '0' || row.SNUS1 === '1')).toBe(true);
	});

	test('a form is missing', () => {
		const form = definition.variables.filter(
			(v) => v.form === 'MHV2' && v.derived === undefined && !v.positions
		);
		const { during, before } = shares(of('formMissing'), (row) => form.every((v) => row[v.id] === ''));
		expect(during).toBeGreaterThan(0.95);
		expect(before).toBeLessThan(0.06);
	});

	test('a burst of "unknown"', () => {
		const { during, before } = shares(of('unknown'), (row) => row.UPPFOD === '9');
		expect(during).toBeGreaterThan(0.5);
		expect(before).toBeLessThan(0.05);
	});

	test('one code for all', () => {
		const { during, before } = shares(of('oneCode'), (row) => !['', '1'].includes(row.BJUDNING ?? ''));
		expect(during).toBe(0);
		expect(before).toBeGreaterThan(0.05);
	});

	test('rounded birth weights', () => {
		const { during, before } = shares(of('rounded'), (row) => (row.BVIKT ?? '').endsWith('00'));
		expect(during).toBeGreaterThan(0.85);
		expect(before).toBeLessThan(0.1);
	});

	test('kilograms instead of grams', () => {
		const { during, before } = shares(
			of('kilograms'),
			(row) => Number((row.BVIKT ?? '').replace(',', '.')) < 10
		);
		expect(during).toBeGreaterThan(0.85);
		expect(before).toBeLessThan(0.02);
	});

	test('height and weight swapped', () => {
		const { during, before } = shares(
			of('swapped'),
			(row) => Number(row.MVIKT) > Number(row.MLANGD) && row.MLANGD !== ''
		);
		expect(during).toBeGreaterThan(0.7);
		expect(before).toBeLessThan(0.02);
	});

	test('identity numbers with a wrong check digit', () => {
		const wrong = (row: Row) => {
			const ten = (row.MPNR ?? '').replace(/\D/g, '').slice(-10);
			const sum = [...ten].reduce(
				(total, digit, i) =>
					total + [...String(Number(digit) * (i % 2 ? 1 : 2))].reduce((s, d) => s + Number(d), 0),
				0
			);
			return row.MIDTYP !== '3' && row.MPNR !== '' && sum % 10 !== 0;
		};
		const { during, before } = shares(of('invalidIdentity'), wrong);
		expect(during).toBeCloseTo(0.2, 1);
		expect(before).toBeLessThan(0.02);
	});

	test('a month that is not sent, and a unit that fell silent', () => {
		for (const fault of faults.filter(({ kind }) => kind === 'notSent')) {
			const rows = sent.get(fault.unit)?.rows ?? [];
			expect(rows.filter(within(fault))).toEqual([]);
			expect(rows.filter((row) => born(row) < fault.from).length).toBeGreaterThan(100);
			expect(rows.some((row) => born(row) > (fault.to ?? today))).toBe(fault.to !== undefined);
		}
	});

	test('a third fewer births', () => {
		const fault = of('lowVolume');
		const count = (year: number) => {
			const months = [5, 6, 7, 8, 9].map((month) => `${year}-0${month}`);
			return new Set(
				sent
					.get(fault.unit)
					?.rows.filter((row) => months.includes(born(row).slice(0, 7)))
					.map((row) => row.REF)
			).size;
		};
		expect(count(2026) / count(2025)).toBeGreaterThan(0.52);
		expect(count(2026) / count(2025)).toBeLessThan(0.8);
	});

	test('files that come five to six weeks later', () => {
		const fault = of('late');
		const delays = (from: string, to: string) =>
			(sent.get(fault.unit)?.files ?? []).flatMap((file) => {
				const latest = rowsOf(file).map(born).toSorted().at(-1) ?? '';
				return latest >= from && latest < to
					? [(Date.parse(file.receivedAt.slice(0, 10)) - Date.parse(latest)) / 86_400_000]
					: [];
			});
		expect(Math.max(...delays('2025-01-01', fault.from))).toBeLessThan(30);
		expect(Math.min(...delays(fault.from, today))).toBeGreaterThan(35);
	});

	test('half a file sent again', () => {
		const fault = of('sentAgain');
		const files = sent.get(fault.unit)?.files ?? [];
		const again = files.findIndex(
			(file) => file.receivedAt.slice(0, 10) >= fault.from && file.fileName.includes('igen')
		);
		const before = rowsOf(files[again - 1] as DemoFile);
		const rows = rowsOf(files[again] as DemoFile);
		expect(rows).toEqual(before.slice(0, rows.length));
		expect(rows.length / before.length).toBeCloseTo(0.5, 1);
	});
});

test('the manifest lists every fault of these units and how many births it met', () => {
	expect(manifest.map(({ births: _births, ...fault }) => fault)).toEqual(
		faults.filter(({ unit }) => units.includes(unit))
	);
	const unseen = ['late', 'closed', 'paused'];
	for (const { kind, births } of manifest) expect(births > 0, kind).toBe(!unseen.includes(kind));
});

test('a fault changes nothing but what it is planted in', () => {
	const options = { seed: 1, today, units: ['kalmar', 'visby'], years: 0, scale: 0.5 };
	const fault: Fault = {
		kind: 'variableStops',
		unit: 'visby',
		variable: 'KON',
		from: '2026-05-10',
		size: 1,
		seen: ''
	};
	const files = (some: readonly Fault[]) => [...demo(definition, { ...options, faults: some }).files()];
	const [without, planted] = [files([]), files([fault])];
	expect(planted.length).toBe(without.length);
	planted.forEach((file, index) => {
		const untouched = rowsOf(without[index] as DemoFile);
		const expected = untouched.map((row) =>
			file.unit.id === 'visby' && born(row) >= fault.from ? { ...row, KON: '' } : row
		);
		expect(rowsOf(file)).toEqual(expected);
	});
});

test('faults lie in the past and within the monthly files, whatever the day', () => {
	for (const day of ['2026-01-01', '2026-02-28', '2026-06-26', '2026-11-23', '2028-02-29']) {
		for (const { from, kind, to = from } of demoFaults(day)) {
			expect(from < day && to < day, `${kind} on ${day}`).toBe(true);
			if (kind !== 'closed' && kind !== 'paused')
				expect(Number(day.slice(0, 4)) - Number(from.slice(0, 4))).toBeLessThanOrEqual(1);
		}
	}
});
