import type { Scope } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { leastUnits, quartersOf } from '#lib/measures/bands.ts';
import { change } from '#lib/measures/change.ts';
import { nothing, pool, type Counts } from '#lib/measures/counts.ts';
import { figure, type Figure } from '#lib/measures/figure.ts';
import { flagChanges, type FlagChanges } from '#lib/measures/flag-changes.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { judge } from '#lib/measures/judge.ts';
import { addMonths } from '#lib/period/birth-month.ts';
import { duePart } from '#lib/period/calendar.ts';
import { lastRound } from '#lib/period/last-round.ts';
import { earlierPeriod, monthsOf, type Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import {
	clinicForms,
	clinicVariables,
	formSubject,
	variableSubject
} from '#lib/server/cube/clinic-counts.ts';
import type { Register } from '#lib/server/register/open.ts';
import { clinicCells, monthCounts, type ClinicCells } from './clinic-cells.ts';
import { figureOf, trendOf, trendPeriod, type VariableFigure } from './completeness.ts';
import { remembered } from './remembered.ts';
import { countsOver } from './unit-items.ts';

/** Of a clinic with fewer births in a period nothing is told. */
export const leastClinicBirths = 5;

/** So many months before a period tell how a clinic usually is. */
const monthsBefore = 36;

/** An antenatal clinic in a period, by the number that stands on its mothers' forms. */
export type Clinic = {
	number: string;
	/** Births whose mothers it enrolled, and their deliveries. Null where there are too few to be told of. */
	births: number | null;
	deliveries: number | null;
	/** Births of the same months last year as they stood on the same day; null where nothing had come by then. */
	earlierBirths: number | null;
	/** At how many units its mothers gave birth. */
	units: number | null;
};

/** What a unit's births lack of clinics: deliveries in all, those without a number, those with one that is none. */
export type ClinicGap = { unit: string; deliveries: number; nBlank: number; nUnknown: number };

/** A form of a clinic's births, and of those of all other clinics; null where these are fewer than five. */
export type ClinicForm = { form: string; figure: Figure; others: Figure | null };

/** Everything that a clinic's report says. */
export type ClinicFigures = {
	clinic: Clinic;
	view: View;
	/** The variables of its forms in the order of the catalogue; `among` holds it against the other clinics. */
	variables: VariableFigure[];
	forms: ClinicForm[];
	/** What stands out, what concerns most births first; a flag's `unit` is the clinic's number. */
	flags: Flag[];
	/** What of it is new since the feedback before; undefined where there was none. */
	since: { round: View; changes: FlagChanges } | undefined;
};

/**
 * All clinics with a birth in a view's period, and what the units' births lack of them. A clinic's births lie in many
 * units, so only who sees the whole nation is answered.
 */
export async function clinicList(
	scope: Scope,
	register: Register,
	view: View
): Promise<{ clinics: Clinic[]; gaps: ClinicGap[] } | undefined> {
	if (scope.units !== 'all') return undefined;
	const { clinics, gaps } = await clinicsIn(register, view);
	return { clinics: [...clinics.values()], gaps };
}

/** What stands out of all clinics in a view, those of most births first. Undefined outside the scope. */
export async function clinicFlags(scope: Scope, register: Register, view: View): Promise<Flag[] | undefined> {
	return scope.units === 'all' ? [...(await flagsIn(register, view))] : undefined;
}

/**
 * The figures of one clinic in a view, in which the same months of last year are as known on the same day as these. A
 * clinic with too few births has none. Undefined for a number that no birth of the period has, and outside the scope.
 */
export async function clinicFigures(
	scope: Scope,
	register: Register,
	number: string,
	view: View
): Promise<ClinicFigures | undefined> {
	if (scope.units !== 'all') return undefined;
	const { clinics, cells, shares, forms } = await clinicsIn(register, view);
	const clinic = clinics.get(number);
	if (!clinic) return undefined;
	if (clinic.births === null) return { clinic, view, variables: [], forms: [], flags: [], since: undefined };
	const { definition } = register;
	const { period } = view;
	const round = lastRound(view);
	const [flags, before] = await Promise.all([
		flagsIn(register, view),
		round ? flagsIn(register, round) : undefined
	]);
	const own = flags.filter(({ unit }) => unit === number);
	const ownBefore = before?.filter(({ unit }) => unit === number) ?? [];
	const quarterOf = new Map(monthsOf(trendPeriod(period)).map((month, at) => [month, Math.floor(at / 3)]));
	return {
		clinic,
		view,
		variables: clinicVariables(definition).map((v) => {
			const months = monthCounts(cells, number, variableSubject(v.id));
			const counts = countsOver(months, period);
			const earlierCounts = countsOver(months, earlierPeriod(period, 1));
			const [later, earlier] = [figureOf(v, counts), figureOf(v, earlierCounts)];
			const others = (shares.get(v.id) ?? []).flatMap((each) => (each.clinic === number ? [] : [each.share]));
			return {
				variable: v.id,
				counts,
				earlierCounts,
				figure: later,
				earlier,
				change: change(later, earlier),
				among: quartersOf(others),
				trend: trendOf(v, months, quarterOf)
			};
		}),
		forms: forms.map((each) => formOf(each, number)),
		flags: own,
		since: round && { round, changes: flagChanges(own, ownBefore) }
	};
}

/** The clinics of a view, with what their figures are made of. */
type Clinics = {
	clinics: ReadonlyMap<string, Clinic>;
	gaps: ClinicGap[];
	cells: ClinicCells;
	/** By variable the share of each clinic that has one, the least first. */
	shares: ReadonlyMap<string, readonly { clinic: string; share: number }[]>;
	forms: FormCounts[];
};

/** A form's counts: those that lack it are blank. */
type FormCounts = { form: string; own: ReadonlyMap<string, Counts>; all: Counts };

/** Counted once for all clinics, and remembered until something is received. */
const clinicsIn = (register: Register, view: View): Promise<Clinics> =>
	remembered(register, ['clinics', view.period, view.asOf], () => askClinics(register, view));

async function askClinics(register: Register, { period, asOf }: View): Promise<Clinics> {
	const { definition } = register;
	const cells = await clinicCells(register, { period: countedMonths(period), asOf });
	const clinics = clinicsOf(cells, period);
	const shares = new Map(
		clinicVariables(definition).map((v) => {
			const found = [...clinics.values()].flatMap(({ number, births }) => {
				if (births === null) return [];
				const { share } = figureOf(v, countsOver(monthCounts(cells, number, variableSubject(v.id)), period));
				return share === null ? [] : [{ clinic: number, share }];
			});
			return [v.id, found.toSorted((a, b) => a.share - b.share)];
		})
	);
	const forms = formsOf(register, clinics, cells, period);
	return { clinics, gaps: gapsOf(definition, cells, period), cells, shares, forms };
}

/** The months that a period's clinics are counted in: its own, and those that tell how they usually are. */
export const countedMonths = ({ from, to }: Period): Period => ({ from: addMonths(from, -monthsBefore), to });

const within = ({ from, to }: Period, month: string) => month >= from && month <= to;
const isClinic = (number: string) => number !== '' && number !== '?';

function clinicsOf({ births: cells }: ClinicCells, period: Period): Map<string, Clinic> {
	const before = earlierPeriod(period, 1);
	const known = cells.some(({ month, early }) => early > 0 && within(before, month));
	type Sum = { births: number; deliveries: number; early: number; units: Set<string> };
	const sums = new Map<string, Sum>();
	for (const { clinic, unit, month, births, deliveries, early } of cells) {
		if (!isClinic(clinic)) continue;
		let sum = sums.get(clinic);
		if (!sum) sums.set(clinic, (sum = { births: 0, deliveries: 0, early: 0, units: new Set() }));
		if (within(before, month)) sum.early += early;
		if (!within(period, month)) continue;
		sum.births += births;
		sum.deliveries += deliveries;
		sum.units.add(unit);
	}
	const nothingTold = { births: null, deliveries: null, earlierBirths: null, units: null };
	return new Map(
		[...sums].flatMap(([number, { births, deliveries, early, units }]): [string, Clinic][] => {
			if (births === 0) return [];
			if (births < leastClinicBirths) return [[number, { number, ...nothingTold }]];
			const earlierBirths = known ? early : null;
			return [[number, { number, births, deliveries, earlierBirths, units: units.size }]];
		})
	);
}

/** Of each unit with deliveries in the period how many have no number of a clinic, in the definition's order. */
function gapsOf({ units }: Definition, { births }: ClinicCells, period: Period): ClinicGap[] {
	const gaps = new Map<string, ClinicGap>();
	for (const { clinic, unit, month, deliveries } of births) {
		if (!within(period, month)) continue;
		const gap = gaps.get(unit) ?? { unit, deliveries: 0, nBlank: 0, nUnknown: 0 };
		gaps.set(unit, gap);
		gap.deliveries += deliveries;
		if (clinic === '') gap.nBlank += deliveries;
		if (clinic === '?') gap.nUnknown += deliveries;
	}
	return units.flatMap(({ id }) => gaps.get(id) ?? []);
}

/** Of each form how many births of each clinic lack it, and of all clinics together. */
function formsOf(
	{ definition }: Register,
	clinics: ReadonlyMap<string, Clinic>,
	cells: ClinicCells,
	period: Period
): FormCounts[] {
	const told = [...clinics.values()].filter(({ births }) => births !== null);
	return clinicForms(definition).map((form) => {
		const own = new Map(
			told.map(({ number }) => [number, countsOver(monthCounts(cells, number, formSubject(form)), period)])
		);
		return { form, own, all: pool([...own.values()]) };
	});
}

function formOf({ form, own, all }: FormCounts, number: string): ClinicForm {
	const counts = own.get(number) ?? nothing;
	const missing = (nMissing: number, nApplicable: number) => figure('formMissing', { nMissing, nApplicable });
	return {
		form,
		figure: missing(counts.nBlank, counts.nApplicable),
		others:
			own.size > leastUnits ? missing(all.nBlank - counts.nBlank, all.nApplicable - counts.nApplicable) : null
	};
}

/** The flags of all clinics of which anything is told, judged together as chance has its share in so many figures. */
const flagsIn = (register: Register, view: View): Promise<readonly Flag[]> =>
	remembered(register, ['clinic flags', view.period, view.asOf], () => judgeClinics(register, view));

async function judgeClinics(register: Register, view: View): Promise<readonly Flag[]> {
	const { definition } = register;
	const due = duePart(view.period, view.asOf);
	if (!due) return [];
	const { clinics, cells } = await clinicsIn(register, view);
	const months = cells.months.filter((month) => month <= due.to);
	const first = (monthly: Int32Array) => monthly.subarray(0, months.length);
	const variables = clinicVariables(definition);
	// births are no duty of a clinic's: it is judged by what stands on the forms
	const none = new Int32Array(months.length);
	return judge({
		months,
		judgedFrom: monthsBefore,
		variables: variables.map(({ id, form, completeness, target }) => ({
			id,
			form,
			target: completeness === 'tickbox' ? null : (target ?? null),
			kind: completeness === 'tickbox' ? 'ticks' : 'value',
			distribution: null
		})),
		units: [...clinics.values()]
			.filter(({ births }) => births !== null)
			.map(({ number }) => ({
				unit: number,
				births: none,
				onTime: none,
				items: new Map(
					variables.map(({ id, unknownCounts }) => {
						const own = cells.monthly(number, variableSubject(id));
						const recorded = unknownCounts
							? own.nRecorded.map((n, at) => n + (own.nUnknown[at] ?? 0))
							: own.nRecorded;
						return [
							id,
							{
								applicable: first(own.nApplicable),
								recorded: first(recorded),
								invalid: first(own.nInvalid),
								implausible: first(own.nImplausible)
							}
						];
					})
				),
				forms: new Map(
					clinicForms(definition).map((form) => {
						const own = cells.monthly(number, formSubject(form));
						return [form, { applicable: first(own.nApplicable), missing: first(own.nBlank) }];
					})
				),
				codes: new Map(),
				missingMonths: [],
				volume: null
			}))
	});
}
