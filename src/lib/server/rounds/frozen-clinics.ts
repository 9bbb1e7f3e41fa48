import type { Definition } from '#lib/catalogue/catalogue.ts';
import { literal } from '#lib/catalogue/sql.ts';
import { lastRound } from '#lib/period/last-round.ts';
import {
	clinicBirthsSql,
	clinicItemsSql,
	clinicRole,
	type CountedClinics
} from '#lib/server/cube/clinic-counts.ts';
import { countedMonths } from '#lib/server/figures/clinics.ts';
import { roundView } from './edition.ts';
import type { FrozenTable } from './frozen-tables.ts';

/** Counts of clinics as they stood on the cut-off day and on that of the round before, which flags are held against. */
function asOfBoth(sql: (d: Definition, q: CountedClinics) => string): FrozenTable['rowsSql'] {
	return (held, definition) => {
		const view = roundView(held);
		const before = lastRound(view);
		const parts = (before ? [view, before] : [view]).map(
			({ period, asOf }) =>
				`select date ${literal(asOf)} as as_of, * from (${sql(definition, {
					period: countedMonths(period),
					asOf
				})})`
		);
		// a register without clinics has the tables all the same, without rows
		return `select * from (${parts.join('\nunion all\n')}) where ${clinicRole(definition) !== undefined} order by all`;
	};
}

/** What a frozen register has in place of births, for the reports of clinics: see clinic-cells.ts. */
export const frozenClinics: readonly FrozenTable[] = [
	{ name: 'clinic_birth', rowsSql: asOfBoth(clinicBirthsSql) },
	{ name: 'clinic_item', rowsSql: asOfBoth(clinicItemsSql) }
];

export const frozenClinicsSql: readonly string[] = [
	`create table clinic_birth (as_of date not null, clinic varchar, unit varchar not null, birth_month date not null,
		births integer not null, deliveries integer not null, early integer not null)`,
	`create table clinic_item (as_of date not null, clinic varchar not null, birth_month date not null,
		subject varchar not null, n_applicable integer not null, n_recorded integer not null, n_unknown integer not null,
		n_blank integer not null, n_invalid integer not null, n_implausible integer not null)`
];
