import { maySee, scopeOfUnits, wholeNation, type Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { plainText } from '#lib/format/sentence.ts';
import { unitOpening, unitState } from '#lib/format/unit-opening.ts';
import { worstFirst } from '#lib/measures/worst-first.ts';
import type { Row, Table } from '#lib/notebook/table.ts';
import { duePart, mendBy } from '#lib/period/calendar.ts';
import { asTheyStood } from '#lib/period/comparison.ts';
import { formatPeriod } from '#lib/period/period.ts';
import { nextFeedback, roundOf } from '#lib/period/round.ts';
import type { View } from '#lib/period/view.ts';
import { birthCells } from '#lib/server/figures/cells.ts';
import { timeliness, type Timeliness } from '#lib/server/figures/timeliness.ts';
import { formsMissing, type FormFigure } from '#lib/server/figures/forms.ts';
import { nationCounts, unitFigures, type UnitFigures } from '#lib/server/figures/unit.ts';
import { volumes, type UnitVolume } from '#lib/server/figures/volume.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Register } from '#lib/server/register/open.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { flagTable, resolvedTable } from './flag-table.ts';
import { one, type Columns } from './one-row.ts';
import { monthTable, volumeTable, yearTable } from './volume-tables.ts';
import { remembering } from './remembering.ts';
import { identityTable, tickboxTable, variableTable } from './variable-tables.ts';

/** What is the same in the reports of all units: asked once for a whole round. */
export type Nation = {
	view: View;
	/** The register, which remembers what was asked of all units. */
	register: Register;
	timeliness: Timeliness | undefined;
	forms: FormFigure[];
	counts: Map<string, Counts>;
	/** Every unit's volume against earlier years as they ended. */
	ended: UnitVolume[];
	/** Whether anything was known of each earlier year on the same day of it, the nearest first. */
	stood: boolean[];
};

/** The nation's figures beside which every unit's report sets its own. */
export async function nationOf(asked: Register, view: View): Promise<Nation> {
	const register = remembering(asked);
	const q = { period: view.period, asOf: view.asOf };
	const judged = duePart(view.period, view.asOf);
	const earlier = judged ? asTheyStood(judged, view.asOf, view.years) : [];
	const [punctual, forms, counts, ended, ...stood] = await Promise.all([
		timeliness(wholeNation, register, q),
		formsMissing(wholeNation, register, q),
		nationCounts(register, view),
		volumes(wholeNation, register, { ...view, basis: 'ended' }),
		...earlier.map((then) => birthCells(register.db, then))
	]);
	return {
		view,
		register,
		timeliness: punctual,
		forms: forms ?? [],
		counts,
		ended,
		stood: stood.map((cells) => cells.some(({ births }) => births > 0))
	};
}

/** Whose report, of what, and in which language. */
export type UnitQuestion = { unit: string; view: View; locale: Locale; nation?: Nation };

/**
 * The tables that a notebook about one unit asks (`source: unit`), described in docs/notebooks.md. Undefined
 * where there is no such unit or it is outside the scope.
 */
export async function unitTables(
	scope: Scope,
	register: Register,
	{ unit: id, view: asked, locale, nation: known }: UnitQuestion
): Promise<Record<string, Table> | undefined> {
	if (!maySee(scope, id)) return undefined;
	// a report compares as on the same day; how earlier years ended stands beside it
	const view: View = { ...asked, basis: 'sameDay' };
	const asking = known?.register ?? register;
	const [figures, since, nation] = await Promise.all([
		unitFigures(scope, asking, id, view),
		flagsSinceLastRound(scopeOfUnits([id]), asking, view),
		known ?? nationOf(register, view)
	]);
	if (!figures) return undefined;
	const { definition } = register;
	const context = { definition, view, locale };
	const ended = nation.ended.find((v) => v.unit === id) ?? null;
	const variables = figures.variables
		.flatMap((found) => {
			const variable = definition.byId.get(found.variable);
			return variable ? [{ ...found, known: variable, target: variable.target ?? null }] : [];
		})
		.toSorted(worstFirst);
	return {
		unit: one({
			id: ['text', id],
			name: ['text', figures.unit.name],
			place: ['text', figures.unit.place],
			region: ['text', figures.unit.region],
			state: ['text', unitState(figures)],
			has_births: ['boolean', (figures.volume?.births ?? 0) > 0]
		}),
		register: one({
			name: ['text', definition.register.name[locale]],
			nation: ['text', definition.register.nation[locale]]
		}),
		view: one(viewColumns(view)),
		opening: one({
			text: [
				'text',
				unitOpening(figures, context, { volume: '', variable: () => '', flags: '' })
					.map(plainText)
					.join(' ')
			]
		}),
		flag: flagTable(figures.flags, context, since?.changes),
		flag_change: since
			? one({
					day: ['day', since.round.asOf],
					added: ['integer', since.changes.new.length],
					persisting: ['integer', since.changes.persisting.length],
					resolved: ['integer', since.changes.resolved.length]
				})
			: {
					columns: { day: 'day', added: 'integer', persisting: 'integer', resolved: 'integer' },
					rows: []
				},
		flag_resolved: resolvedTable(since?.changes.resolved ?? [], {
			...context,
			view: since?.round ?? view
		}),
		volume: volumeTable(figures.volume, ended),
		month: monthTable(figures),
		year: await yearTable(scope, register, figures, { ended, stood: nation.stood }, locale),
		timeliness: timelinessTable(figures, nation, definition.register.nation[locale]),
		receipt_day: {
			columns: { value: 'integer', n: 'integer' },
			rows: figures.timeliness.days.map(({ value, n }) => ({ value, n }))
		},
		form: formTable(
			figures,
			nation,
			(form) => definition.register.forms.find((f) => f.id === form)?.label[locale]
		),
		identity: identityTable(variables, nation.counts, locale),
		variable: variableTable(variables, definition, locale),
		tickbox: tickboxTable(variables, locale)
	};
}

/** The period, the day, the round that this is, and until when what is missing can be sent. */
function viewColumns({ period, asOf, years }: View): Columns {
	const { births, variables } = mendBy(period);
	const round = roundOf(period);
	return {
		period: ['text', formatPeriod(period)],
		as_of: ['day', asOf],
		years: ['integer', years],
		first_year: ['integer', Number(period.to.slice(0, 4)) - years],
		last_year: ['integer', Number(period.to.slice(0, 4)) - 1],
		this_year: ['integer', Number(period.to.slice(0, 4))],
		is_round: ['boolean', round !== undefined],
		round_month: ['day', round ? `${round.heldIn}-01` : null],
		next_round: ['day', `${nextFeedback(asOf).heldIn}-01`],
		births_by: ['day', births],
		births_open: ['boolean', asOf <= births],
		variables_by: ['day', variables],
		variables_open: ['boolean', asOf <= variables]
	};
}

function timelinessTable(figures: UnitFigures, nation: Nation, nationName: string): Table {
	const row = (place: string, own: boolean, found: Timeliness | undefined): Row => ({
		place,
		own,
		on_time: found?.figure.numerator ?? 0,
		due: found?.figure.denominator ?? 0,
		share: found?.figure.share ?? null,
		median: found?.medianDays ?? null,
		ninetieth: found?.ninetiethDays ?? null,
		missed: found?.figure.status === 'missed'
	});
	return {
		columns: {
			place: 'text',
			own: 'boolean',
			on_time: 'integer',
			due: 'integer',
			share: 'number',
			median: 'integer',
			ninetieth: 'integer',
			missed: 'boolean'
		},
		rows: [row(figures.unit.name, true, figures.timeliness), row(nationName, false, nation.timeliness)]
	};
}

function formTable(figures: UnitFigures, nation: Nation, label: (form: string) => string | undefined): Table {
	return {
		columns: {
			form: 'text',
			label: 'text',
			n_missing: 'integer',
			n_applicable: 'integer',
			share: 'number',
			nation: 'number',
			missed: 'boolean'
		},
		rows: figures.forms.map(({ form, figure }) => ({
			form,
			label: label(form) ?? form,
			n_missing: figure.numerator,
			n_applicable: figure.denominator,
			share: figure.share,
			nation: nation.forms.find((f) => f.form === form)?.figure.share ?? null,
			missed: figure.status === 'missed'
		}))
	};
}
