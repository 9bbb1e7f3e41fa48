import { maySee, scopeOfUnits, type Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { plainText } from '#lib/format/sentence.ts';
import { unitOpening, unitState } from '#lib/format/unit-opening.ts';
import { worstFirst } from '#lib/measures/worst-first.ts';
import type { Row, Table } from '#lib/notebook/table.ts';
import { mendBy } from '#lib/period/calendar.ts';
import { formatPeriod } from '#lib/period/period.ts';
import { nextCounting, roundOf } from '#lib/period/round.ts';
import type { View } from '#lib/period/view.ts';
import { timeliness, type Timeliness } from '#lib/server/figures/timeliness.ts';
import { formsMissing, type FormFigure } from '#lib/server/figures/forms.ts';
import { nationCounts } from '#lib/server/figures/nation.ts';
import { unitFigures, type UnitFigures } from '#lib/server/figures/unit.ts';
import { volumes } from '#lib/server/figures/volume.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Register } from '#lib/server/register/open.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { flagTable, resolvedTable } from './flag-table.ts';
import { one, type Columns } from './one-row.ts';
import { monthTable, volumeTable, yearTable } from './volume-tables.ts';
import { identityTable, tickboxTable, variableTable } from './variable-tables.ts';

/** The nation's figures beside which a unit's report sets its own: as far as the unit may be told of them. */
type Nation = { timeliness: Timeliness | undefined; forms: FormFigure[]; counts: Map<string, Counts> };

async function nationOf(scope: Scope, register: Register, { period, asOf }: View): Promise<Nation> {
	const [punctual, forms, counts] = await Promise.all([
		timeliness(scope, register, { period, asOf }),
		formsMissing(scope, register, { period, asOf }),
		nationCounts(scope, register, { period, asOf })
	]);
	return { timeliness: punctual, forms: forms ?? [], counts };
}

/** Whose report, of what, and in which language. */
export type UnitQuestion = { unit: string; view: View; locale: Locale };

/**
 * The tables that a notebook about one unit asks (`source: unit`), described in docs/notebooks.md. Whoever asks, they
 * are what the unit itself may see: a report is sent on. Undefined where there is no such unit or it is outside the
 * scope.
 */
export async function unitTables(
	scope: Scope,
	register: Register,
	{ unit: id, view: asked, locale }: UnitQuestion
): Promise<Record<string, Table> | undefined> {
	if (!maySee(scope, id)) return undefined;
	const own = scopeOfUnits([id]);
	// a report compares as on the same day; how earlier years ended stands beside it
	const view: View = { ...asked, basis: 'sameDay' };
	const [figures, since, nation, allEnded] = await Promise.all([
		unitFigures(own, register, id, view),
		flagsSinceLastRound(own, register, view),
		nationOf(own, register, view),
		volumes(own, register, { ...view, basis: 'ended' })
	]);
	if (!figures) return undefined;
	const { definition } = register;
	const context = { definition, view, locale };
	const ended = allEnded.find((v) => v.unit === id) ?? null;
	const variables = figures.variables
		.flatMap((found) => {
			const variable = definition.byId.get(found.variable);
			return variable ? [{ ...found, known: variable, target: variable.target ?? null }] : [];
		})
		.toSorted(worstFirst);
	const sentences = unitOpening(figures, context, { volume: '', variable: () => '', flags: '' }).map(
		plainText
	);
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
		opening: one({ text: ['text', sentences.join(' ')], first: ['text', sentences[0] ?? null] }),
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
		year: await yearTable(own, register, figures, ended, locale),
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
export function viewColumns({ period, asOf, years }: View): Columns {
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
		next_round: ['day', `${nextCounting(asOf).heldIn}-01`],
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
		on_time: found?.figure.numerator ?? null,
		due: found?.figure.denominator ?? null,
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
