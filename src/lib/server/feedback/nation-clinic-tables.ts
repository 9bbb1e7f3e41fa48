import type { Scope } from '#lib/access/scope.ts';
import { flagSentence } from '#lib/format/flag-sentence.ts';
import type { Table } from '#lib/notebook/table.ts';
import { clinicRole } from '#lib/server/cube/clinic-counts.ts';
import { clinicFlags, clinicList, leastClinicBirths } from '#lib/server/figures/clinics.ts';
import type { Register } from '#lib/server/register/open.ts';
import type { NationQuestion } from './nation-report.ts';
import { one } from './one-row.ts';

/**
 * The nation's tables of antenatal clinics: how many there are, those where something stands out, those with too few
 * births to be told of, and which units send births without the number of one. Undefined outside the scope.
 */
export async function nationClinicTables(
	scope: Scope,
	register: Register,
	{ view, locale }: NationQuestion
): Promise<Record<string, Table> | undefined> {
	const { definition } = register;
	const empty = { clinics: [], gaps: [] };
	const known = clinicRole(definition) !== undefined;
	const [found, flags] = await Promise.all([
		known ? clinicList(scope, register, view) : empty,
		known ? clinicFlags(scope, register, view) : []
	]);
	if (!found || !flags) return undefined;
	const { clinics, gaps } = found;
	const told = clinics.filter(({ births }) => births !== null);
	const context = { definition, view, locale };
	const sum = (of: (gap: (typeof gaps)[number]) => number) => gaps.reduce((total, gap) => total + of(gap), 0);
	const flagged = told
		.flatMap(({ number, births }) => {
			const own = flags.filter(({ unit }) => unit === number);
			const [first] = own;
			return first
				? [{ number, births, first, concerned: own.reduce((n, each) => n + each.births, 0), own }]
				: [];
		})
		.toSorted((a, b) => b.concerned - a.concerned || a.number.localeCompare(b.number, 'sv'));
	return {
		clinic: one({
			is_known: ['boolean', known],
			n: ['integer', told.length],
			n_few: ['integer', clinics.length - told.length],
			least: ['integer', leastClinicBirths],
			n_flagged: ['integer', flagged.length],
			deliveries: ['integer', sum(({ deliveries }) => deliveries)],
			n_blank: ['integer', sum(({ nBlank }) => nBlank)],
			n_unknown: ['integer', sum(({ nUnknown }) => nUnknown)]
		}),
		clinic_flagged: {
			columns: {
				number: 'text',
				births: 'integer',
				sentence: 'text',
				n_flags: 'integer',
				concerned: 'integer'
			},
			rows: flagged.map(({ number, births, first, own, concerned }) => ({
				number,
				births,
				sentence: `${flagSentence(first, context)}.`,
				n_flags: own.length,
				concerned
			}))
		},
		clinic_few: {
			columns: { number: 'text' },
			rows: clinics.filter(({ births }) => births === null).map(({ number }) => ({ number }))
		},
		clinic_gap: {
			columns: {
				unit: 'text',
				deliveries: 'integer',
				n_blank: 'integer',
				n_unknown: 'integer',
				share: 'number'
			},
			rows: gaps.map(({ unit, deliveries, nBlank, nUnknown }) => ({
				unit: definition.unitById.get(unit)?.name ?? unit,
				deliveries,
				n_blank: nBlank,
				n_unknown: nUnknown,
				share: deliveries ? (nBlank + nUnknown) / deliveries : null
			}))
		}
	};
}
