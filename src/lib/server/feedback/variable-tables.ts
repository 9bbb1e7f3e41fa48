import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { isReported, type Variable } from '#lib/catalogue/variable.ts';
import { figure } from '#lib/measures/figure.ts';
import type { Counts } from '#lib/measures/counts.ts';
import type { Row, Table } from '#lib/notebook/table.ts';
import type { VariableFigure } from '#lib/server/figures/completeness.ts';

/** A variable's figure with its entry in the catalogue. */
export type KnownFigure = VariableFigure & { known: Variable; target: number | null };

const notable = ({ change }: VariableFigure) => change !== null && change.practical && change.statistical;

const shared = (v: KnownFigure, locale: Locale) => ({
	id: v.known.id,
	label: v.known.label[locale],
	form: v.known.form,
	share: v.figure.share,
	earlier: v.earlier.share,
	change: v.change?.difference ?? null,
	trend: v.trend,
	among: v.among,
	median: v.among[2] ?? null
});
const sharedColumns = {
	id: 'text',
	label: 'text',
	form: 'text',
	share: 'number',
	earlier: 'number',
	change: 'number',
	trend: 'numbers',
	among: 'numbers',
	median: 'number'
} as const satisfies Table['columns'];

/**
 * The variables whose completeness is watched, in the order given: those reported, and those derived that
 * hold the completeness of a group of tick boxes.
 */
export function variableTable(
	variables: readonly KnownFigure[],
	{ variables: all }: Definition,
	locale: Locale
): Table {
	const groups = new Set(all.map((v) => v.group));
	const watched = variables.filter(
		({ known }) => known.completeness !== 'tickbox' && (isReported(known) || groups.has(known.id))
	);
	return {
		columns: {
			...sharedColumns,
			target: 'number',
			n_recorded: 'integer',
			n_applicable: 'integer',
			n_unknown: 'integer',
			n_blank: 'integer',
			n_invalid: 'integer',
			n_implausible: 'integer',
			judged: 'boolean',
			missed: 'boolean',
			fell: 'boolean'
		},
		rows: watched.map((v): Row => ({
			...shared(v, locale),
			target: v.target,
			n_recorded: v.figure.numerator,
			n_applicable: v.figure.denominator,
			n_unknown: v.counts.nUnknown,
			n_blank: v.counts.nBlank,
			n_invalid: v.counts.nInvalid,
			n_implausible: v.counts.nImplausible,
			judged: v.target !== null && v.figure.share !== null,
			missed: v.figure.status === 'missed',
			fell: notable(v) && (v.change?.difference ?? 0) < 0
		}))
	};
}

/** Tick boxes, whose blanks are answers: how often they are ticked, the greatest fall first. */
export function tickboxTable(variables: readonly KnownFigure[], locale: Locale): Table {
	return {
		columns: {
			...sharedColumns,
			n_ticked: 'integer',
			n_applicable: 'integer',
			from_zero: 'boolean',
			changed: 'boolean'
		},
		rows: variables
			.filter(({ known }) => known.completeness === 'tickbox' && isReported(known))
			.toSorted((a, b) => (a.change?.difference ?? 2) - (b.change?.difference ?? 2))
			.map((v): Row => ({
				...shared(v, locale),
				n_ticked: v.figure.numerator,
				n_applicable: v.figure.denominator,
				from_zero: true,
				changed: notable(v)
			}))
	};
}

/** The identity numbers: of how many persons who should have one it is valid, here and in the nation. */
export function identityTable(
	variables: readonly KnownFigure[],
	nation: ReadonlyMap<string, Counts>,
	locale: Locale
): Table {
	const valid = ({ nRecorded, nApplicable }: Counts) =>
		figure('identityValid', { nValid: nRecorded, nApplicable });
	return {
		columns: {
			label: 'text',
			n_valid: 'integer',
			n_applicable: 'integer',
			n_blank: 'integer',
			n_invalid: 'integer',
			share: 'number',
			nation: 'number',
			missed: 'boolean'
		},
		rows: variables
			.filter(({ known }) => known.type === 'identity')
			.map((v) => {
				const own = valid(v.counts);
				const all = nation.get(v.known.id);
				return {
					label: v.known.label[locale],
					n_valid: own.numerator,
					n_applicable: own.denominator,
					n_blank: v.counts.nBlank,
					n_invalid: v.counts.nInvalid,
					share: own.share,
					nation: all ? valid(all).share : null,
					missed: own.status === 'missed'
				};
			})
	};
}
