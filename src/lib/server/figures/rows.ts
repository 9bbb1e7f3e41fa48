import type { Scope } from '#lib/access/scope.ts';
import { pool, type Counts } from '#lib/measures/counts.ts';
import { figure, type Figure, type Status } from '#lib/measures/figure.ts';
import type { VolumeStatus } from '#lib/measures/volume.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { duePart } from '#lib/period/calendar.ts';
import { isYear } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { birthCells, countsByUnit } from './cells.ts';
import { figureOf } from './completeness.ts';
import { formsMissing } from './forms.ts';
import { placesOf, type Level, type Place } from './places.ts';
import { volumes } from './volume.ts';

/**
 * One figure as a script reads it. `variable` is a variable or, for `formMissing`, a form; null for what
 * is about the births as a whole. The counts are null where the figure is not made of a variable's counts.
 * For `volume`, numerator and denominator are births and expected births, and the interval holds births.
 */
export type FigureRow = {
	unit: string;
	variable: string | null;
	measure: Figure['measure'] | 'volume';
	numerator: number;
	denominator: number | null;
	share: number | null;
	interval: readonly [number, number] | null;
	status: Status | VolumeStatus;
} & { [K in keyof Counts]: number | null };

const noCounts: { [K in keyof Counts]: null } = {
	nApplicable: null,
	nRecorded: null,
	nUnknown: null,
	nBlank: null,
	nInvalid: null,
	nImplausible: null
};

const rowOf = (
	unit: string,
	variable: string | null,
	f: Figure,
	counts: Counts | null = null
): FigureRow => ({
	unit,
	variable,
	measure: f.measure,
	numerator: f.numerator,
	denominator: f.denominator,
	...(counts ?? noCounts),
	share: f.share,
	interval: f.interval,
	status: f.status
});

/** Which figures are asked for. */
export type RowsQuestion = { view: View; level: Level; unit?: string; variable?: string };

/**
 * All figures of a period: per place and variable completeness (prevalence of a tick box, validity of an
 * identity number), and per place volume, timeliness, forms missing, and coverage of a whole year. With
 * `variable`, only that variable's.
 */
export async function figureRows(scope: Scope, register: Register, q: RowsQuestion): Promise<FigureRow[]> {
	const places = placesOf(scope, register.definition, q.level).filter(
		(place) => q.unit === undefined || place.id === q.unit
	);
	const ofVariables = await variableRows(register, places, q);
	return q.variable === undefined
		? [...(await birthRows(scope, register, places, q)), ...ofVariables]
		: ofVariables;
}

async function variableRows(
	{ db, definition }: Register,
	places: Place[],
	{ view: { period, asOf }, variable, unit, level }: RowsQuestion
): Promise<FigureRow[]> {
	const cells = await countsByUnit(db, {
		period,
		asOf,
		...(variable === undefined ? {} : { variable }),
		...(unit === undefined || level !== 'unit' ? {} : { unit })
	});
	const byUnit = Map.groupBy(cells, (cell) => cell.unit);
	return places.flatMap((place) => {
		const found = Map.groupBy(
			place.units.flatMap((u) => byUnit.get(u.id) ?? []),
			(cell) => cell.variable
		);
		return definition.variables.flatMap((v) => {
			const counted = found.get(v.id);
			if (!counted) return [];
			const counts = pool(counted.map((cell) => cell.counts));
			const rows = [rowOf(place.id, v.id, figureOf(v, counts), counts)];
			if (v.type === 'identity')
				rows.push(
					rowOf(
						place.id,
						v.id,
						figure('identityValid', { nValid: counts.nRecorded, nApplicable: counts.nApplicable }),
						counts
					)
				);
			return rows;
		});
	});
}

async function birthRows(
	scope: Scope,
	register: Register,
	places: Place[],
	{ view, level }: RowsQuestion
): Promise<FigureRow[]> {
	const { db, definition } = register;
	const due = duePart(view.period, view.asOf);
	const [found, cells] = await Promise.all([
		volumes(scope, register, view, level),
		birthCells(db, { period: view.period, asOf: view.asOf })
	]);
	const references = isYear(view.period)
		? definition.references.filter((r) => r.year === yearOf(view.period.from))
		: [];
	const rows = await Promise.all(
		places.map(async (place) => {
			const own = cells.filter((cell) => place.units.some((u) => u.id === cell.unit));
			const dueCells = own.filter((cell) => due && cell.month <= due.to);
			const sum = (of: typeof own, key: 'births' | 'onTime' | 'liveBirths') =>
				of.reduce((total, cell) => total + cell[key], 0);
			const timeliness = figure(
				'timeliness',
				{ onTime: sum(dueCells, 'onTime'), birthsDue: sum(dueCells, 'births') },
				{ due: due !== undefined }
			);
			const volumeRows = found
				.filter((v) => v.unit === place.id)
				.map(({ volume }): FigureRow => ({
					unit: place.id,
					variable: null,
					measure: 'volume',
					numerator: volume.observed,
					denominator: volume.expected,
					...noCounts,
					share: volume.expected ? volume.observed / volume.expected : null,
					interval: volume.limits,
					status: volume.status
				}));
			const reference = references.find((r) => r.unit === (level === 'nation' ? '' : place.id));
			const coverageRows = reference
				? [
						rowOf(
							place.id,
							null,
							figure('coverage', { births: sum(own, 'liveBirths'), referenceBirths: reference.births })
						)
					]
				: [];
			const forms = await formsMissing(scope, register, {
				units: place.units.map((u) => u.id),
				period: view.period,
				asOf: view.asOf
			});
			return [
				...volumeRows,
				...coverageRows,
				rowOf(place.id, null, timeliness),
				...(forms ?? []).map(({ form, figure: f }) => rowOf(place.id, form, f))
			];
		})
	);
	return rows.flat();
}
