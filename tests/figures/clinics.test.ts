import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { clinicNumberSql } from '#lib/catalogue/clinic-number.ts';
import { clinicFigures, clinicFlags, clinicList } from '#lib/server/figures/clinics.ts';
import { clinicRegister, clinicView as view, others } from './clinic-register.ts';

let made: Awaited<ReturnType<typeof clinicRegister>>;
beforeAll(async () => {
	made = await clinicRegister();
}, 60_000);
afterAll(() => made.remove());

const figuresOf = async (number: string, at = view) => {
	const found = await clinicFigures(wholeNation, made.register, number, at);
	if (!found) throw new Error(`No clinic ${number}`);
	return found;
};
const variableOf = async (number: string, id: string) => {
	const found = (await figuresOf(number)).variables.find(({ variable }) => variable === id);
	if (!found) throw new Error(`No variable ${id}`);
	return found;
};

test('the births of a clinic are counted over its units, however its number is written', async () => {
	const { clinic } = await figuresOf('A-7');
	expect(clinic).toEqual({ number: 'A-7', births: 24, deliveries: 24, earlierBirths: null, units: 2 });
});

test('recorded, blank and invalid values of a clinic are those that were handed in', async () => {
	const { counts, earlierCounts, figure, among } = await variableOf('A-7', 'MLANGD');
	expect(counts).toEqual({
		nApplicable: 24,
		nRecorded: 21,
		nUnknown: 0,
		nBlank: 2,
		nInvalid: 1,
		nImplausible: 0
	});
	expect(figure.share).toBe(21 / 24);
	expect([earlierCounts.nRecorded, earlierCounts.nApplicable]).toEqual([60, 60]);
	// of the six others 0, 2, 4, 6, 8 and 10 of 20 lack it: the edges of bands, not the shares of any of them
	expect(among).toEqual([0.5, null, null, null, 1]);
	expect((await variableOf('C3', 'MLANGD')).counts.nBlank).toBe(4);
});

test('a form that is missing is counted, beside the other clinics together', async () => {
	const { forms } = await figuresOf('A-7');
	expect(forms.map(({ form }) => form)).toEqual(['MHV2']);
	expect([forms[0]?.figure.numerator, forms[0]?.figure.denominator]).toEqual([3, 24]);
	expect([forms[0]?.others?.numerator, forms[0]?.others?.denominator]).toEqual([0, 120]);
});

test('of a clinic with four births nothing is told, and it is listed all the same', async () => {
	const { clinics } = (await clinicList(wholeNation, made.register, view)) ?? { clinics: [] };
	expect(clinics.map(({ number }) => number).sort()).toEqual(['A-7', 'B8', ...others].sort());
	const nothing = { number: 'B8', births: null, deliveries: null, earlierBirths: null, units: null };
	expect(clinics.find(({ number }) => number === 'B8')).toEqual(nothing);
	const { clinic, variables, forms, flags, since } = await figuresOf('B8');
	expect({ clinic, variables, forms, flags, since }).toEqual({
		clinic: nothing,
		variables: [],
		forms: [],
		flags: [],
		since: undefined
	});
});

test('a correction moves a birth to another clinic from the day on which it came', async () => {
	const later = { ...view, asOf: '2026-10-02' };
	expect((await figuresOf('A-7', later)).clinic.births).toBe(23);
	expect((await figuresOf('B8', later)).clinic.births).toBe(5);
	expect((await figuresOf('A-7')).clinic.births).toBe(24);
});

test('numbers that are blank or none are told by unit, and are no clinics', async () => {
	const { gaps } = (await clinicList(wholeNation, made.register, view)) ?? { gaps: [] };
	expect(gaps).toEqual([
		{ unit: 'sodersjukhuset', deliveries: 138, nBlank: 0, nUnknown: 0 },
		{ unit: 'danderyd', deliveries: 14, nBlank: 1, nUnknown: 3 }
	]);
	expect(await clinicFigures(wholeNation, made.register, '?', view)).toBeUndefined();
	expect(await clinicFigures(wholeNation, made.register, '', view)).toBeUndefined();
});

test('who does not see the whole nation is told of no clinic', async () => {
	const both = scopeOfUnits(['sodersjukhuset', 'danderyd']);
	expect(await clinicList(both, made.register, view)).toBeUndefined();
	expect(await clinicFlags(both, made.register, view)).toBeUndefined();
	expect(await clinicFigures(both, made.register, 'A-7', view)).toBeUndefined();
});

describe('the number of a clinic', () => {
	const written = async (text: string | null) => {
		const sql = `select ${clinicNumberSql('$written::varchar')} as number`;
		const [row] = await made.register.db.rows(z.object({ number: z.string().nullable() }), sql, {
			written: text
		});
		return row?.number;
	};
	test.for<[text: string | null, number: string | null]>([
		['1001', '1001'],
		[' mvc 12\t', 'MVC12'],
		['å-7', 'Å-7'],
		['99', '99'],
		[null, null],
		['  ', null],
		['okänd', '?'],
		['0', '?'],
		['9999', '?'],
		['../12', '?'],
		['1234567890123', '?'],
		['19121212-1212', '?'],
		['121212-1212', '?']
	])('“%s” is %s', async ([text, number]) => {
		expect(await written(text)).toBe(number);
	});
});
