import type { Scope } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { clinicOpening } from '#lib/format/clinic-opening.ts';
import type { FlagChanges } from '#lib/measures/flag-changes.ts';
import { worstFirst } from '#lib/measures/worst-first.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { View } from '#lib/period/view.ts';
import { clinicFigures, leastClinicBirths, type ClinicForm } from '#lib/server/figures/clinics.ts';
import type { Register } from '#lib/server/register/open.ts';
import { flagTable, resolvedTable } from './flag-table.ts';
import { one } from './one-row.ts';
import { viewColumns } from './unit-tables.ts';
import { tickboxTable, variableTable } from './variable-tables.ts';

/** Which clinic's report, by its number, of what, and in which language. */
export type ClinicQuestion = { clinic: string; view: View; locale: Locale };

/**
 * The tables that a notebook about one antenatal clinic asks (`source: clinic`), described in docs/notebooks.md. Of
 * other clinics they hold bands and what all of them have together only. Undefined for a number that no birth of the
 * period has, and for whoever does not see the whole nation, since a clinic's births lie in many units.
 */
export async function clinicTables(
	scope: Scope,
	register: Register,
	{ clinic: number, view, locale }: ClinicQuestion
): Promise<Record<string, Table> | undefined> {
	const figures = await clinicFigures(scope, register, number, view);
	if (!figures) return undefined;
	const { definition } = register;
	const { clinic, flags, since } = figures;
	const context = { definition, view, locale };
	const sentences = clinicOpening(figures, context);
	const variables = figures.variables
		.flatMap((found) => {
			const known = definition.byId.get(found.variable);
			return known ? [{ ...found, known, target: known.target ?? null }] : [];
		})
		.toSorted(worstFirst);
	return {
		clinic: one({
			number: ['text', number],
			births: ['integer', clinic.births],
			deliveries: ['integer', clinic.deliveries],
			earlier_births: ['integer', clinic.earlierBirths],
			units: ['integer', clinic.units],
			least: ['integer', leastClinicBirths],
			is_told: ['boolean', clinic.births !== null]
		}),
		register: one({
			name: ['text', definition.register.name[locale]],
			nation: ['text', definition.register.nation[locale]]
		}),
		view: one(viewColumns(view)),
		opening: one({ text: ['text', sentences.join(' ')], first: ['text', sentences[0] ?? null] }),
		flag: flagTable(flags, context, since?.changes),
		flag_change: changeTable(since),
		flag_resolved: resolvedTable(since?.changes.resolved ?? [], { ...context, view: since?.round ?? view }),
		form: formTable(
			figures.forms,
			(form) => definition.register.forms.find(({ id }) => id === form)?.label[locale] ?? form
		),
		variable: variableTable(variables, definition, locale),
		tickbox: tickboxTable(variables, locale)
	};
}

/** How many flags are new, persist and are resolved since the feedback before; no row where there was none. */
export function changeTable(since: { round: View; changes: FlagChanges } | undefined): Table {
	return {
		columns: { day: 'day', added: 'integer', persisting: 'integer', resolved: 'integer' },
		rows: since
			? [
					{
						day: since.round.asOf,
						added: since.changes.new.length,
						persisting: since.changes.persisting.length,
						resolved: since.changes.resolved.length
					}
				]
			: []
	};
}

function formTable(forms: readonly ClinicForm[], label: (form: string) => string): Table {
	return {
		columns: {
			form: 'text',
			label: 'text',
			n_missing: 'integer',
			n_applicable: 'integer',
			share: 'number',
			others: 'number',
			missed: 'boolean'
		},
		rows: forms.map(({ form, figure, others }) => ({
			form,
			label: label(form),
			n_missing: figure.numerator,
			n_applicable: figure.denominator,
			share: figure.share,
			others: others?.share ?? null,
			missed: figure.status === 'missed'
		}))
	};
}
