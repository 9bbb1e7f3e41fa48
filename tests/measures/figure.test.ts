import { expect, test } from 'vitest';
import { nothing } from '#lib/measures/counts.ts';
import { completeness, figure } from '#lib/measures/figure.ts';
import { measureIds, measures } from '#lib/measures/measures.ts';

const counts = {
	...nothing,
	nApplicable: 200,
	nRecorded: 180,
	nUnknown: 12,
	nBlank: 6,
	nInvalid: 2,
	nImplausible: 9
};

test('completeness is recorded of applicable, with its interval', () => {
	const found = completeness(counts);
	expect(found).toMatchObject({ numerator: 180, denominator: 200, share: 0.9, status: 'missed' });
	expect(found.interval?.[0]).toBeCloseTo(0.8506, 4);
	expect(found.interval?.[1]).toBeCloseTo(0.9343, 4);
});

test('a variable says whether unknown counts as recorded, and what is asked of it', () => {
	expect(completeness(counts, { unknownCounts: true })).toMatchObject({ numerator: 192, status: 'met' });
	expect(completeness(counts, { target: 0.9 }).status).toBe('met');
	expect(completeness(counts, { target: undefined }).status).toBe('missed');
});

test('each measure takes the counts that it declares', () => {
	expect(figure('unknown', counts).share).toBe(0.06);
	expect(figure('blank', counts).share).toBe(0.03);
	expect(figure('invalid', counts).share).toBe(0.01);
	expect(figure('implausible', counts)).toMatchObject({ numerator: 9, denominator: 180, share: 0.05 });
	expect(figure('formMissing', { nMissing: 3, nApplicable: 60 })).toMatchObject({
		share: 0.05,
		status: 'met'
	});
	expect(figure('formMissing', { nMissing: 4, nApplicable: 60 }).status).toBe('missed');
	expect(figure('timeliness', { onTime: 19, birthsDue: 20 })).toMatchObject({ share: 0.95, status: 'met' });
	expect(figure('timeliness', { onTime: 18, birthsDue: 20 }).status).toBe('missed');
	expect(figure('prevalence', { n: 1, nApplicable: 100 })).toMatchObject({ share: 0.01, status: 'met' });
	expect(figure('identityValid', { nValid: 90, nApplicable: 100 }).status).toBe('missed');
});

test('coverage may exceed 1, is not clipped and has no interval', () => {
	const found = figure('coverage', { births: 115_710, referenceBirths: 115_363 });
	expect(found.share).toBeCloseTo(1.00301, 5);
	expect(found).toMatchObject({ interval: null, status: 'met' });
	expect(figure('coverage', { births: 12, referenceBirths: 0 }).status).toBe('notApplicable');
});

test.for(measureIds)('%s has no share without a denominator', (id) => {
	const { numerator, denominator } = measures[id];
	const none = figure(id, { ...nothing, ...emptyCounts, [numerator]: 0, [denominator]: 0 });
	expect(none).toMatchObject({ share: null, interval: null, status: 'notApplicable' });
});

const emptyCounts = { nMissing: 0, onTime: 0, birthsDue: 0, births: 0, referenceBirths: 0, n: 0, nValid: 0 };

test('under ten births there is no share, and what there is of them is still told', () => {
	const few = figure('timeliness', { onTime: 9, birthsDue: 9 });
	expect(few).toMatchObject({ numerator: 9, denominator: 9, share: null, interval: null, status: 'tooFew' });
	expect(figure('timeliness', { onTime: 10, birthsDue: 10 }).status).toBe('met');
	expect(figure('timeliness', { onTime: 9, birthsDue: 9 }, { minDenominator: 5 }).share).toBe(1);
});

test('what is not due is not judged', () => {
	const early = figure('timeliness', { onTime: 0, birthsDue: 50 }, { due: false });
	expect(early).toMatchObject({ share: null, interval: null, status: 'notDue' });
});

test('a part larger than its whole is a fault of the program', () => {
	expect(() => figure('timeliness', { onTime: 11, birthsDue: 10 })).toThrow('timeliness cannot be 11 of 10');
	expect(() => figure('coverage', { births: -1, referenceBirths: 10 })).toThrow(RangeError);
	expect(() => figure('coverage', { births: Number.NaN, referenceBirths: 10 })).toThrow(RangeError);
});
