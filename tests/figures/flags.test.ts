import { afterAll, beforeAll, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation, type Scope } from '#lib/access/scope.ts';
import { flagHistory } from '#lib/server/figures/flag-history.ts';
import { flagsOf, flagsSinceLastRound, unitFlags } from '#lib/server/figures/flags.ts';
import { sampleRegister, sampleView } from '../export/sample-register.ts';
import { handIn } from '../register/empty-register.ts';

let made: Awaited<ReturnType<typeof sampleRegister>>;
beforeAll(async () => {
	made = await sampleRegister();
}, 60_000);
afterAll(() => made.remove());

const own: Scope = scopeOfUnits(['danderyd']);
const stopped = async () =>
	(await flagsOf(wholeNation, made.register, sampleView)).find((flag) => flag.kind === 'stopped');

test('a variable that a unit has stopped sending is flagged with its day, in that unit only', async () => {
	const flags = await flagsOf(wholeNation, made.register, sampleView);
	expect(flags.filter(({ kind }) => kind === 'stopped')).toMatchObject([
		{ unit: 'sodersjukhuset', id: 'values.APGAR5.2026-01', variable: 'APGAR5', severity: 'high' }
	]);
	const flag = await stopped();
	expect(flag?.kind === 'stopped' && flag.since).toMatchObject({
		month: '2026-04',
		day: '2026-04-01',
		figure: { numerator: 0, denominator: 84 }
	});
});

test('flags are of the units of the scope only; another unit has none to show', async () => {
	expect(await unitFlags(own, made.register, 'sodersjukhuset', sampleView)).toBeUndefined();
	expect((await flagsOf(own, made.register, sampleView)).every(({ unit }) => unit === 'danderyd')).toBe(true);
	expect(await unitFlags(wholeNation, made.register, 'sodersjukhuset', sampleView)).not.toEqual([]);
});

test('on a day before anything had come there is nothing to judge', async () => {
	const early = { ...sampleView, asOf: '2026-09-15', period: { from: '2026-01', to: '2026-06' } };
	expect((await flagsOf(wholeNation, made.register, early)).filter(({ kind }) => kind === 'stopped')).toEqual(
		[]
	);
});

test('what was not there in the feedback before is new, and its history shows in which rounds it stood', async () => {
	const since = await flagsSinceLastRound(wholeNation, made.register, sampleView);
	expect(since?.round).toMatchObject({ period: { from: '2026-01', to: '2026-06' }, asOf: '2026-09-01' });
	expect(since?.changes.new).toContainEqual(await stopped());
	const rounds = await flagHistory(wholeNation, made.register, 'APGAR5', sampleView);
	expect(rounds.map(({ view }) => view.asOf)).toEqual([
		'2026-11-23',
		'2026-09-01',
		'2026-06-01',
		'2026-03-01'
	]);
	expect(rounds.map(({ flags }) => flags.length)).toEqual([1, 0, 0, 0]);
});

test('after a supplement the unit is judged again, as it would be from the start', async () => {
	const { register } = made;
	const unit = register.definition.unitById.get('sodersjukhuset') ?? expect.fail();
	const births = [4, 5, 6, 7, 8, 9].flatMap((month) =>
		Array.from({ length: 14 }, (_, n) => `2026-${month}-${n};9`)
	);
	const receipt = await handIn(register, `REF;APGAR5\n${births.join('\n')}\n`, {
		unit,
		receivedAt: '2026-11-20'
	});
	expect(receipt.changed).toBe(84);
	const flags = await flagsOf(wholeNation, register, sampleView);
	expect(flags.filter((flag) => 'variable' in flag && flag.variable === 'APGAR5')).toEqual([]);
	// the day before the supplement stays as it was
	const before = await flagsOf(wholeNation, register, { ...sampleView, asOf: '2026-11-19' });
	expect(before.some(({ kind }) => kind === 'stopped')).toBe(true);
	// a register that has not judged anything before
	const anew = { ...register, db: Object.create(register.db) as typeof register.db };
	expect(await flagsOf(wholeNation, anew, sampleView)).toEqual(flags);
});
