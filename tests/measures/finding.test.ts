import fc from 'fast-check';
import { expect, test } from 'vitest';
import { change } from '#lib/measures/change.ts';
import { completeness, figure } from '#lib/measures/figure.ts';
import { findings, lowSince, mayStandOut, type JudgedVariable } from '#lib/measures/finding.ts';
import { nothing, type Counts } from '#lib/measures/counts.ts';
import { volume } from '#lib/measures/volume.ts';

const share = (nRecorded: number, nApplicable: number) =>
	completeness({ ...nothing, nRecorded, nApplicable, nBlank: nApplicable - nRecorded });

function judged(variable: string, form: string, now: number, before: number | null): JudgedVariable {
	const later = share(now, 1000);
	const earlier = before === null ? share(0, 0) : share(before, 1000);
	return {
		variable,
		form,
		target: 0.95,
		figure: later,
		earlier,
		change: change(later, earlier),
		invalid: figure('invalid', { nInvalid: 0, nApplicable: 1000 }),
		implausible: figure('implausible', { nImplausible: 0, nRecorded: now })
	};
}

const calm = {
	missingMonths: [],
	volume: volume({ observed: 1000, earlier: [1000, 1000, 1000] }),
	forms: [],
	variables: [],
	timeliness: figure('timeliness', { onTime: 990, birthsDue: 1000 })
};
const missingForm = (form: string, nMissing: number) => ({
	form,
	figure: figure('formMissing', { nMissing, nApplicable: 1000 })
});

test('nothing stands out where all is as last year', () => {
	expect(findings({ ...calm, variables: [judged('APGAR5', 'FV2', 985, 990)] })).toEqual([]);
});

test('a variable that fell is told with the births that it lost since last year', () => {
	const found = findings({ ...calm, variables: [judged('APGAR5', 'FV2', 700, 990)] });
	expect(found).toMatchObject([{ kind: 'variable', variable: 'APGAR5', births: 290 }]);
});

test('without an earlier year a variable is told when it lies well below its target', () => {
	expect(findings({ ...calm, variables: [judged('APGAR5', 'FV2', 800, null)] })).toHaveLength(1);
	expect(findings({ ...calm, variables: [judged('APGAR5', 'FV2', 930, null)] })).toEqual([]);
});

test('what a missing form explains is told once, as the form', () => {
	const variables = [judged('ROK2', 'MHV2', 300, 900), judged('APGAR5', 'FV2', 700, 990)];
	const found = findings({ ...calm, forms: [missingForm('MHV2', 650)], variables });
	expect(found.map((f) => (f.kind === 'variable' ? f.variable : f.kind))).toEqual(['formMissing', 'APGAR5']);
});

test('a variable that lost more than its form did is told besides', () => {
	const variables = [judged('ROK2', 'MHV2', 100, 990)];
	const found = findings({ ...calm, forms: [missingForm('MHV2', 100)], variables });
	expect(found.map((f) => f.kind)).toEqual(['variable', 'formMissing']);
});

test('a month that was not reported is told instead of the low volume that it makes', () => {
	const low = volume({ observed: 700, earlier: [1000, 1000, 1000] });
	const missingMonths = [{ month: '2026-07', expected: 90.4 }];
	expect(findings({ ...calm, volume: low })).toMatchObject([{ kind: 'volumeLow', births: 300 }]);
	expect(findings({ ...calm, volume: low, missingMonths })).toEqual([
		{ kind: 'notReported', months: ['2026-07'], births: 90 }
	]);
});

test('the month is named from which a share has been low without a break', () => {
	const months = [0.99, 0.4, 0.99, 0.98, 0.1, null, 0.02].map((value, at) => ({
		month: `2026-0${at + 1}`,
		share: value
	}));
	expect(lowSince(months, 0.99, 0.6)).toBe('2026-05');
	expect(lowSince(months.slice(0, 4), 0.99, 0.6)).toBeNull();
});

test('what mayStandOut leaves aside is never a finding', () => {
	const count = fc.integer({ min: 0, max: 40 });
	const counts = fc.record({
		nRecorded: count,
		nUnknown: count,
		nBlank: count,
		nInvalid: count,
		nImplausible: count
	});
	fc.assert(
		fc.property(counts, counts, fc.option(fc.constantFrom(0.5, 0.95)), (now, before, target) => {
			const whole = (c: typeof now): Counts => ({
				...c,
				nApplicable: c.nRecorded + c.nUnknown + c.nBlank + c.nInvalid,
				nImplausible: Math.min(c.nImplausible, c.nRecorded)
			});
			const [later, sooner] = [whole(now), whole(before)];
			const variable: JudgedVariable = {
				variable: 'APGAR5',
				form: 'FV2',
				target,
				figure: completeness(later),
				earlier: completeness(sooner),
				change: change(completeness(later), completeness(sooner)),
				invalid: figure('invalid', later),
				implausible: figure('implausible', later)
			};
			const may = mayStandOut({
				share: variable.figure.share,
				earlier: variable.earlier.share,
				target,
				invalid: variable.invalid.share ?? 0,
				implausible: variable.implausible.share ?? 0
			});
			return may || findings({ ...calm, variables: [variable] }).length === 0;
		}),
		{ numRuns: 2000 }
	);
});
