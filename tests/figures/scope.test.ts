import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clinicTables } from '#lib/server/feedback/clinic-tables.ts';
import { nationClinicTables } from '#lib/server/feedback/nation-clinic-tables.ts';
import { nationTables } from '#lib/server/feedback/nation-tables.ts';
import { clinicFigures, clinicFlags, clinicList } from '#lib/server/figures/clinics.ts';
import { scopeOf, scopeOfUnits, wholeNation, type Scope } from '#lib/access/scope.ts';
import { unitReport } from '#lib/server/feedback/unit-report.ts';
import { unitTables } from '#lib/server/feedback/unit-tables.ts';
import { birthsInSpans, birthsOf } from '#lib/server/figures/births.ts';
import { trendsByVariable, unitCompleteness } from '#lib/server/figures/completeness.ts';
import { countryFigures, regionsOf } from '#lib/server/figures/country.ts';
import { coverage } from '#lib/server/figures/coverage.ts';
import { flagHistory } from '#lib/server/figures/flag-history.ts';
import { flagsOf, flagsSinceLastRound, unitFlags } from '#lib/server/figures/flags.ts';
import { followUps } from '#lib/server/figures/follow-ups.ts';
import { formsMissing } from '#lib/server/figures/forms.ts';
import { nationCounts, poolableFor } from '#lib/server/figures/nation.ts';
import { figureRows } from '#lib/server/figures/rows.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { standings } from '#lib/server/figures/standings.ts';
import { submissionList, submissionReceipt } from '#lib/server/figures/submissions.ts';
import { timeliness } from '#lib/server/figures/timeliness.ts';
import { birthsToMend, birthsWithoutForm } from '#lib/server/figures/to-mend.ts';
import { unitFigures } from '#lib/server/figures/unit.ts';
import { unitList } from '#lib/server/figures/units.ts';
import { variableFigures } from '#lib/server/figures/variable.ts';
import { nationVariables } from '#lib/server/figures/variables.ts';
import { volumeMonths, volumes } from '#lib/server/figures/volume.ts';
import { flagsTable } from '#lib/server/notebook/snapshot-flags.ts';
import { givenFor } from '#lib/server/notebook/desk-sources.ts';
import { givenTables } from '#lib/server/feedback/given-tables.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { formatPeriod } from '#lib/period/period.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { addNote, notesOf } from '#lib/server/register/flag-notes.ts';
import type { Register } from '#lib/server/register/open.ts';
import { earlierReceiptFor, everyIssue, listIssues, receiptFor } from '#lib/server/register/receipts.ts';
import { exportedFunctions } from '../rules/exported-functions.ts';
import { sources } from '../rules/sources.ts';
import { leaks, parts, type Foreign } from './leaks.ts';
import { peopledRegister, region, stoppedPlace, view, weighedShare } from './peopled-register.ts';

let made: Awaited<ReturnType<typeof peopledRegister>>;
let register: Register;
let ledger: { unit: string; number: number; sha256: string }[];
beforeAll(async () => {
	made = await peopledRegister();
	({ register } = made);
	const receipts = await Promise.all(
		made.peopled.map((_, place) => receiptFor(wholeNation, register.db, place + 1))
	);
	ledger = receipts.flatMap((each) => each ?? []);
	for (const flag of await flagsOf(wholeNation, register, view))
		await addNote(
			register,
			flag,
			{ key: `0123456789abcdef ${flag.unit}`, kind: 'note', reason: '', until: '', text: flag.unit, who: '' },
			'2026-11-01 12:00:00'
		);
}, 60_000);
afterAll(async () => {
	await made.remove();
	await closeDesk();
});

const { period, asOf, years } = view;
const numberOf = (unit: string) => ledger.find((each) => each.unit === unit)?.number ?? 0;

/** Every question that there is, about a unit where it takes one. */
const questions: Record<string, (scope: Scope, unit: string) => unknown> = {
	birthsInSpans: (scope, unit) => birthsInSpans(scope, register, unit, [{ period, asOf }]),
	birthsOf: (scope, unit) => birthsOf(scope, register, view, unit),
	birthsToMend: (scope, unit) =>
		birthsToMend(scope, register, { unit, period, asOf, sort: 'date', variable: 'BVIKT' }),
	birthsWithoutForm: (scope, unit) =>
		birthsWithoutForm(scope, register, { unit, period, asOf, sort: 'date', form: 'FV1' }),
	clinicFigures: (scope) => clinicFigures(scope, register, '1001', view),
	clinicFlags: (scope) => clinicFlags(scope, register, view),
	clinicList: (scope) => clinicList(scope, register, view),
	clinicTables: (scope) => clinicTables(scope, register, { clinic: '1001', view, locale: 'sv' }),
	countryFigures: (scope) =>
		Promise.all(
			[null, ...new Set(register.definition.units.map((each) => each.region))].map((name) =>
				countryFigures(scope, register, view, name)
			)
		),
	coverage: (scope, unit) =>
		Promise.all([
			coverage(scope, register, { from: 2024, to: 2025, asOf }),
			coverage(scope, register, { unit, from: 2024, to: 2025, asOf })
		]),
	earlierReceiptFor: (scope, unit) =>
		earlierReceiptFor(scope, register.db, {
			unit,
			sha256: ledger.find((each) => each.unit === unit)?.sha256 ?? '',
			profile: null
		}),
	everyIssue: async (scope, unit) => {
		const stretches = await everyIssue(scope, register.db, numberOf(unit));
		return stretches && Array.fromAsync(stretches);
	},
	figureRows: (scope) =>
		Promise.all(
			(['unit', 'region', 'nation'] as const).map((level) => figureRows(scope, register, { view, level }))
		),
	firstBirthYear: (scope) => firstBirthYear(scope, register),
	flagHistory: (scope) => flagHistory(scope, register, 'APGAR5', view),
	flagsOf: (scope) => flagsOf(scope, register, view),
	flagsSinceLastRound: (scope) => flagsSinceLastRound(scope, register, view),
	flagsTable: (scope) => flagsTable(scope, register, view.asOf),
	followUps: async (scope) =>
		followUps(scope, register, await flagsOf(wholeNation, register, view), view.asOf),
	formsMissing: (scope, unit) =>
		Promise.all([
			formsMissing(scope, register, { period, asOf }),
			formsMissing(scope, register, { units: [unit], period, asOf })
		]),
	givenFor: async (scope) => [
		...(await givenFor(scope, register, new Set(['flag']), {
			header: parseNotebook('flags', '---\ntitle: Flags\n---\n').header,
			values: {},
			given: {},
			asOf,
			entry: 0,
			program: '',
			rounds: () => []
		}))
	],
	givenTables: async (scope, unit) => {
		const { header } = await findNotebook('reports', 'unit-feedback');
		// the fault that there may be says back what was asked, and is no answer
		const parameters = { unit, period: formatPeriod(period) };
		return (await givenTables(scope, register, header, { parameters, locale: 'sv', today: asOf })).tables;
	},
	listIssues: (scope, unit) => listIssues(scope, register.db, { number: numberOf(unit), limit: 100 }),
	nationClinicTables: (scope) => nationClinicTables(scope, register, { view, locale: 'sv' }),
	nationCounts: (scope) => nationCounts(scope, register, view),
	nationTables: (scope) => nationTables(scope, register, { view, locale: 'sv' }),
	nationVariables: (scope) => nationVariables(scope, register, view),
	notesOf: (scope, unit) => Promise.all([notesOf(scope, register.db), notesOf(scope, register.db, { unit })]),
	poolableFor: async (scope) => (await poolableFor(scope, register))(5),
	receiptFor: (scope, unit) => receiptFor(scope, register.db, numberOf(unit)),
	regionsOf: (scope) => regionsOf(scope, register),
	standings: (scope) => standings(scope, register, view),
	submissionList: (scope) => submissionList(scope, register, { limit: 100, offset: 0 }),
	submissionReceipt: (scope, unit) => submissionReceipt(scope, register, numberOf(unit)),
	timeliness: (scope, unit) =>
		Promise.all([
			timeliness(scope, register, { period, asOf }),
			timeliness(scope, register, { unit, period, asOf })
		]),
	trendsByVariable: (scope) => trendsByVariable(scope, register, view),
	unitCompleteness: (scope, unit) => unitCompleteness(scope, register, { unit, period, asOf }),
	unitFigures: (scope, unit) => unitFigures(scope, register, unit, view),
	unitFlags: (scope, unit) => unitFlags(scope, register, unit, view),
	unitList: (scope) => unitList(scope, register, view),
	unitReport: async (scope, unit) =>
		unitReport(scope, register, await findNotebook('reports', 'unit-feedback'), {
			unit,
			view,
			locale: 'sv'
		}),
	unitTables: (scope, unit) => unitTables(scope, register, { unit, view, locale: 'sv' }),
	variableFigures: (scope, unit) =>
		Promise.all([
			variableFigures(scope, register, 'BVIKT', view),
			variableFigures(scope, register, 'BVIKT', view, unit)
		]),
	volumeMonths: (scope, unit) =>
		Promise.all([
			volumeMonths(scope, register, { period, asOf, years }),
			volumeMonths(scope, register, { unit, period, asOf, years }),
			volumeMonths(scope, register, { units: made.peopled, period, asOf, years })
		]),
	volumes: (scope) =>
		Promise.all(
			(['unit', 'region', 'nation'] as const).map((level) => volumes(scope, register, view, level))
		),
	yearTable: (scope, unit) => unitTables(scope, register, { unit, view, locale: 'en' })
};

/** What somebody must not be told of the units outside of the scope: their names, and the shares that are theirs alone. */
function foreignTo({ units: own }: Scope): Foreign {
	const isOwn = (id: string) => own === 'all' || own.has(id);
	const { units } = register.definition;
	const ownTexts = parts(units.filter(({ id }) => isOwn(id))).texts.join(' ');
	const names = units
		.filter(({ id }) => !isOwn(id))
		.flatMap(({ id, name }) => [id, name])
		.filter((name) => !ownTexts.toLowerCase().includes(name.toLowerCase()));
	const shares = made.peopled.map((id, place) => ({ id, share: weighedShare(place) }));
	const ownShares = new Set(shares.flatMap(({ id, share }) => (isOwn(id) ? [share] : [])));
	const numbers = shares.flatMap(({ id, share }) => (isOwn(id) || ownShares.has(share) ? [] : [share]));
	return { names, numbers };
}

test('every question that takes a scope and the register is asked here', () => {
	const asked = sources(/^src\/lib\/server\/(register|figures|notebook|export|feedback)\/.*\.ts$/).flatMap(
		([, text]) =>
			exportedFunctions(text)
				.filter(
					({ parameters: [first, second] }) =>
						first === 'Scope' && /^(Register|Statements|Database)$/.test(second ?? '')
				)
				.map(({ name }) => name)
	);
	expect(Object.keys(questions).toSorted()).toEqual(asked.toSorted());
});

test('who may see all is told what the others must not be: the search finds it', async () => {
	const foreign = foreignTo(scopeOfUnits([]));
	const found = await Promise.all(
		['unitList', 'variableFigures', 'standings', 'countryFigures', 'submissionList', 'notesOf'].map(
			async (name) => leaks(await questions[name]?.(wholeNation, made.peopled[0] ?? ''), foreign)
		)
	);
	expect(found.map((each) => each.length > 0)).toEqual([true, true, true, true, true, true]);
});

const readers = {
	'a unit manager': () => scopeOfUnits([made.peopled[stoppedPlace] ?? '']),
	'a coordinator': () =>
		scopeOf(
			{ id: 'a', email: '', name: '', role: 'coordinator', units: [], regions: [region] },
			register.definition.units
		),
	'somebody without units': () => scopeOfUnits([])
};

describe.for(Object.entries(readers))('%s', ([, scopeFor]) => {
	test.for(Object.entries(questions))('is told nothing of other units by %s', async ([, ask]) => {
		const scope = scopeFor();
		const foreign = foreignTo(scope);
		const [own] = scope.units;
		const other = made.peopled.findLast((id) => scope.units !== 'all' && !scope.units.has(id)) ?? '';
		if (own !== undefined) expect(leaks(await ask(scope, own), foreign)).toEqual([]);
		expect(leaks(await ask(scope, other), foreign)).toEqual([]);
	});
});

test('a unit outside of the scope is answered as one that there is not', async () => {
	const scope = scopeOfUnits([made.peopled[0] ?? '']);
	const [, other = ''] = made.peopled;
	for (const name of [
		'birthsInSpans',
		'birthsToMend',
		'birthsWithoutForm',
		'earlierReceiptFor',
		'everyIssue',
		'receiptFor',
		'submissionReceipt',
		'unitCompleteness',
		'unitFigures',
		'unitFlags',
		'unitReport',
		'unitTables'
	]) {
		expect(await questions[name]?.(scope, other), name).toBeUndefined();
		expect(await questions[name]?.(scope, 'atlantis'), name).toBeUndefined();
	}
});

test('a coordinator has the figures of the own region, and none of the country or of another region', async () => {
	const scope = readers['a coordinator']();
	const own = await countryFigures(scope, register, view, region);
	const all = await countryFigures(wholeNation, register, view, region);
	expect(own?.births).toBeGreaterThan(0);
	expect(own).toEqual(all);
	expect(regionsOf(scope, register)).toEqual([region]);
	expect(await countryFigures(scope, register, view)).toBeUndefined();
	expect(await countryFigures(scope, register, view, 'Region Stockholm')).toBeUndefined();
	expect(await countryFigures(scope, register, view, 'Atlantis')).toBeUndefined();
});

test('a region of which one unit is missing is not told of as a whole', async () => {
	const most = register.definition.units.filter((unit) => unit.region === region).slice(1);
	const scope = scopeOfUnits(most.map(({ id }) => id));
	expect(await countryFigures(scope, register, view, region)).toBeUndefined();
	expect(regionsOf(scope, register)).toEqual([]);
});

test('a report of a unit is the same whoever asks for it', async () => {
	const [unit = ''] = made.peopled;
	const ask = (scope: Scope) => questions['unitTables']?.(scope, unit);
	expect(await ask(wholeNation)).toEqual(await ask(scopeOfUnits([unit])));
});

test('the places among the units are exact for who sees all, and whole per cents of the others for who does not', async () => {
	const [unit = ''] = made.peopled;
	const of = async (scope: Scope) => {
		const found = await unitFigures(scope, register, unit, view);
		return found?.variables.find(({ variable }) => variable === 'BVIKT')?.among ?? [];
	};
	const isWhole = (share: number | null) =>
		share !== null && Math.abs(share * 100 - Math.round(share * 100)) < 1e-9;
	const all = made.peopled.map((_, place) => weighedShare(place)).toSorted((a, b) => a - b);
	expect(await of(wholeNation)).toEqual([0, 6, 13, 20, 27].map((place) => all[place]));
	const told = await of(scopeOfUnits([unit]));
	expect(told).toHaveLength(5);
	expect(told.every(isWhole)).toBe(true);
});
