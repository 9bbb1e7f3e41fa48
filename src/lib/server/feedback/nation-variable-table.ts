import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { isReported } from '#lib/catalogue/variable.ts';
import { groupOf } from '#lib/measures/flag-group.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { CountryFigures } from '#lib/server/figures/country.ts';
import type { NationVariable } from '#lib/server/figures/variables.ts';

/** The variables that have a target, of the nation: the furthest under it first, and in how many units it is missed. */
export function nationVariableTable(
	variables: readonly NationVariable[],
	{ standings }: CountryFigures,
	{ variables: all, byId }: Definition,
	locale: Locale
): Table {
	const place = new Map(all.map(({ id }, at) => [id, at]));
	const groups = new Set(all.map((v) => v.group));
	const rows = variables.flatMap(({ variable, figure: found, change, trend }) => {
		const v = byId.get(variable);
		if (!v || found.share === null || v.completeness === 'tickbox') return [];
		if (!isReported(v) && !groups.has(v.id)) return [];
		const shares = standings.flatMap(({ shares: own }) => own[place.get(variable) ?? -1] ?? []);
		const flagged = standings.filter(({ flags }) =>
			flags.some((flag) => groupOf(flag) === 'values' && 'variable' in flag && flag.variable === variable)
		);
		const target = v.target ?? null;
		return [
			{
				id: v.id,
				label: v.label[locale],
				form: v.form,
				share: found.share,
				n_recorded: found.numerator,
				n_applicable: found.denominator,
				target,
				change: change?.difference ?? null,
				trend,
				missed: found.status === 'missed' && target !== null,
				fell: change !== null && change.practical && change.statistical && change.difference < 0,
				n_units: shares.length,
				n_under: target === null ? null : shares.filter((share) => share < target).length,
				n_flagged: flagged.length
			}
		];
	});
	return {
		columns: {
			id: 'text',
			label: 'text',
			form: 'text',
			share: 'number',
			n_recorded: 'integer',
			n_applicable: 'integer',
			target: 'number',
			change: 'number',
			trend: 'numbers',
			missed: 'boolean',
			fell: 'boolean',
			n_units: 'integer',
			n_under: 'integer',
			n_flagged: 'integer'
		},
		rows: rows.toSorted((a, b) => lacks(b) - lacks(a) || a.share - b.share)
	};
}

/** How far a share lies under its target; without a target not at all. */
const lacks = ({ share, target }: { share: number; target: number | null }) =>
	target === null ? -1 : target - share;
