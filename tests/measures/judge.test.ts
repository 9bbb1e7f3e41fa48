import { expect, test } from 'vitest';
import { judge } from '#lib/measures/judge.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { volume } from '#lib/measures/volume.ts';
import { evenNation, judgedFrom, weights, type Change } from './even-nation.ts';

/** A share that is another from a month on. */
const from = (month: number, before: number, after: number) => (at: number) => (at < month ? before : after);

function onlyFlag(change: Change): Flag {
	const flags = judge(evenNation(change));
	expect(flags.map(({ id }) => id)).toHaveLength(1);
	const [flag] = flags;
	if (!flag) throw new Error('there is no flag');
	expect(flag.unit).toBe(`unit${change.unit ?? 0}`);
	return flag;
}

test('nothing is said of a nation in which nothing has changed', () => {
	expect(judge(evenNation())).toEqual([]);
});

test('a variable that stops is told with its month, and what was usual', () => {
	const flag = onlyFlag({ unit: 3, recorded: { APGAR5: from(37, 0.99, 0) } });
	expect(flag).toMatchObject({
		kind: 'stopped',
		id: 'values.APGAR5.2026-01',
		severity: 'high',
		since: { month: '2026-02', day: null }
	});
	expect(flag.births).toBeGreaterThan(290);
	expect(flag.births).toBeLessThan(310);
	expect(flag.p).toBeLessThan(0.01);
	expect('earlier' in flag && flag.earlier.share).toBeCloseTo(0.993, 2);
});

test('what stopped in the middle of a month began in that month', () => {
	const stops = (at: number) => (at < 36 ? 0.99 : at === 36 ? 0.6 : 0);
	expect(onlyFlag({ recorded: { APGAR5: stops } })).toMatchObject({
		kind: 'stopped',
		since: { month: '2026-01' }
	});
});

test('what stopped in the autumn is still told in the new year, since the autumn', () => {
	expect(onlyFlag({ recorded: { APGAR5: from(32, 0.99, 0.01) } })).toMatchObject({
		kind: 'stopped',
		since: { month: '2025-09' }
	});
});

test('a drop by ten points is told as a drop', () => {
	expect(onlyFlag({ recorded: { ROK2: from(37, 0.96, 0.86) } })).toMatchObject({
		kind: 'dropped',
		id: 'values.ROK2.2026-01',
		since: { month: '2026-02' }
	});
});

test('a gap that has closed again is told without a since', () => {
	const gap = (at: number) => (at === judgedFrom ? 0.2 : 0.99);
	expect(onlyFlag({ recorded: { APGAR5: gap } })).toMatchObject({ kind: 'dropped', since: null });
});

test('a drop by two points is none, however certain', () => {
	const births = () => 3000;
	expect(judge(evenNation({ births, recorded: { ROK2: from(36, 0.96, 0.94) } }))).toEqual([]);
});

test('a share that has always moved from year to year may move again', () => {
	const moving = (at: number) => [0.8, 0.9, 0.8, 0.82][Math.floor(at / 12)] ?? 0.8;
	expect(judge(evenNation({ recorded: { ROK2: moving } })).filter(({ kind }) => kind === 'dropped')).toEqual(
		[]
	);
});

test('a unit that has always been far under the others and the target is low', () => {
	expect(onlyFlag({ recorded: { APGAR5: () => 0.7 } })).toMatchObject({ kind: 'low', since: null });
});

test('under ten births nothing is tested', () => {
	const births = (at: number) => (at < judgedFrom ? 150 : 3);
	expect(judge(evenNation({ births, recorded: { APGAR5: from(36, 0.99, 0) } }))).toEqual([]);
});

test('a form is told as one flag, and not its variables', () => {
	const flag = onlyFlag({
		missingForm: { MHV2: from(36, 0, 0.98) },
		recorded: { ROK2: from(36, 0.96, 0.02) }
	});
	expect(flag).toMatchObject({
		kind: 'formMissing',
		form: 'MHV2',
		severity: 'high',
		since: { month: '2026-01' }
	});
});

test('values that are not permitted are told as that, not as values that are gone', () => {
	const flag = onlyFlag({
		recorded: { BVIKT: from(37, 0.99, 0.5) },
		invalid: { BVIKT: from(37, 0, 0.49) }
	});
	expect(flag).toMatchObject({ kind: 'invalid', variable: 'BVIKT', since: { month: '2026-02' } });
});

test('values that are not likely are told', () => {
	expect(onlyFlag({ implausible: { BVIKT: from(36, 0, 0.2) } })).toMatchObject({ kind: 'implausible' });
});

test('births that come late are told against the months before', () => {
	const flag = onlyFlag({ onTime: from(36, 0.98, 0.4) });
	expect(flag).toMatchObject({ kind: 'late', id: 'late.2026-01' });
	expect('earlier' in flag && flag.earlier.share).toBeGreaterThan(0.97);
});

test('a box that is no longer ticked is odd; one that never was often ticked is not', () => {
	expect(onlyFlag({ recorded: { LUSTGAS: from(36, 0.6, 0) } })).toMatchObject({
		kind: 'odd',
		odd: { what: 'unused', code: null }
	});
	expect(judge(evenNation({ recorded: { TANG: from(36, 0.005, 0) } }))).toEqual([]);
});

test('a box that is ticked less, but ticked, is a matter of care', () => {
	expect(judge(evenNation({ recorded: { LUSTGAS: from(36, 0.6, 0.3) } }))).toEqual([]);
});

test('a code that takes the place of others is odd', () => {
	const codes = { APGAR5: { '9': { now: 150, before: 1200 }, '10': { now: 300, before: 600 } } };
	expect(onlyFlag({ codes })).toMatchObject({ kind: 'odd', odd: { what: 'code', code: '10' } });
});

test('a code that leaves nothing to the others is odd, however few they were', () => {
	const rare = { '1': { now: 430, before: 1710 }, '2': { now: 20, before: 90 } };
	const nation = evenNation();
	const units = nation.units.map((unit, at) => {
		const own = at === 0 ? { '1': { now: 450, before: 1710 }, '2': { now: 0, before: 90 } } : rare;
		return { ...unit, codes: new Map([['ROK2', new Map(Object.entries(own))]]) };
	});
	expect(judge({ ...nation, units })).toMatchObject([
		{ kind: 'odd', unit: 'unit0', odd: { what: 'code', code: '1' } }
	]);
});

test('weights that all end in 0 are heaped', () => {
	const codes = { BVIKT: weights((gram) => (gram % 10 === 0 ? 80 : 2)) };
	expect(onlyFlag({ codes })).toMatchObject({ kind: 'odd', odd: { what: 'heaping', code: null } });
});

test('an odd distribution of a variable that has stopped is not told besides', () => {
	const codes = { APGAR5: { '9': { now: 10, before: 1200 }, '10': { now: 60, before: 600 } } };
	expect(onlyFlag({ codes, recorded: { APGAR5: from(36, 0.99, 0.05) } }).kind).toBe('stopped');
});

test('a month of which nothing came is told, and not the volume besides', () => {
	const missingMonths = [{ month: '2026-02', expected: 150 }];
	const low = volume({ observed: 300, earlier: [450, 450, 450] });
	expect(onlyFlag({ missingMonths, volume: low })).toMatchObject({
		kind: 'notReported',
		months: ['2026-02'],
		births: 150,
		severity: 'high'
	});
});

test('births that are a third fewer are told, a tenth fewer of so few are not', () => {
	const earlier = [450, 450, 450];
	expect(onlyFlag({ volume: volume({ observed: 300, earlier }) })).toMatchObject({
		kind: 'volumeLow',
		births: 150
	});
	expect(judge(evenNation({ volume: volume({ observed: 405, earlier }) }))).toEqual([]);
});

test('births outside the 95 % limits do not cry wolf', () => {
	const judged = volume({ observed: 398, earlier: [450, 450, 450] });
	expect(judged.status).toBe('low');
	expect(judge(evenNation({ volume: judged }))).toEqual([]);
});

test('a unit can be judged by itself, against its own history', () => {
	const nation = evenNation({ recorded: { APGAR5: from(37, 0.99, 0) } });
	const alone = judge({ ...nation, units: nation.units.slice(0, 1) });
	expect(alone).toMatchObject([{ kind: 'stopped', id: 'values.APGAR5.2026-01' }]);
});

test('flags come with what concerns most births first', () => {
	const nation = evenNation({ recorded: { APGAR5: from(36, 0.99, 0), ROK2: from(36, 0.96, 0.7) } });
	expect(judge(nation).map(({ id }) => id)).toEqual(['values.APGAR5.2026-01', 'values.ROK2.2026-01']);
});
