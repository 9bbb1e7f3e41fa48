import { literal } from '#lib/catalogue/sql.ts';
import { nothing, countKeys, type Counts } from '#lib/measures/counts.ts';
import { monthsBetween, type BirthMonth } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import { monthsOf, type Period } from '#lib/period/period.ts';
import {
	clinicBirthsSql,
	clinicForms,
	clinicItemsSql,
	clinicVariables,
	formSubject,
	variableSubject
} from '#lib/server/cube/clinic-counts.ts';
import type { Register } from '#lib/server/register/open.ts';
import { countColumns } from './cells.ts';
import type { MonthCounts } from './unit-items.ts';

/** Births of a clinic in a unit and month; the clinic is '' where no number is written, `?` where it is none. */
export type ClinicBirths = {
	clinic: string;
	unit: string;
	month: BirthMonth;
	births: number;
	deliveries: number;
	/** Those that had come by the same day a year before. */
	early: number;
};

/** All counts of all clinics over some months, as they stood on a day. */
export type ClinicCells = {
	months: readonly BirthMonth[];
	births: readonly ClinicBirths[];
	/** The numbers of all clinics that have a birth in these months, in order. */
	clinics: readonly string[];
	/** The counts of a subject (see clinic-counts.ts) by month; all 0 where it applies to no birth. */
	monthly(clinic: string, subject: string): Record<keyof Counts, Int32Array>;
};

/** The tables that a frozen register has in place of births, with the day as of which each row is. */
export const frozenClinicTables = ['clinic_birth', 'clinic_item'] as const;

/**
 * Reads the counts of all clinics: one pass over the births for how many there are, one for everything else. A
 * register that was frozen has the counts themselves.
 */
export async function clinicCells(
	register: Register,
	question: { period: Period; asOf: Day }
): Promise<ClinicCells> {
	const { definition, db } = register;
	const { period, asOf } = question;
	const from = `date '${period.from}-01'`;
	const kept = (table: (typeof frozenClinicTables)[number]) =>
		`select * from ${table} where as_of = date ${literal(asOf)}
			and birth_month between ${from} and date '${period.to}-01'`;
	const [birthsSql, itemsSql] = register.frozenDays
		? [kept('clinic_birth'), kept('clinic_item')]
		: [clinicBirthsSql(definition, question), clinicItemsSql(definition, question)];
	const months = monthsOf(period);
	const monthSql = `date_diff('month', ${from}, birth_month)::integer as month`;
	const found = await db.columns(
		{
			clinic: 'text',
			unit: 'text',
			month: 'integer',
			births: 'integer',
			deliveries: 'integer',
			early: 'integer'
		},
		`select coalesce(clinic, '') as clinic, unit, ${monthSql}, births, deliveries, early
		from (${birthsSql}) order by clinic, unit, month`
	);
	const births = found.clinic.map((clinic, row) => ({
		clinic,
		unit: found.unit[row] ?? '',
		month: months[found.month[row] ?? 0] ?? period.from,
		births: found.births[row] ?? 0,
		deliveries: found.deliveries[row] ?? 0,
		early: found.early[row] ?? 0
	}));
	const clinics = [...new Set(found.clinic)].filter((clinic) => clinic !== '' && clinic !== '?').sort();
	const subjects = [
		...clinicVariables(definition).map((v) => variableSubject(v.id)),
		...clinicForms(definition).map(formSubject)
	];
	const items = clinics.length
		? await db.columns(
				{ clinic: 'integer', subject: 'integer', month: 'integer', ...countColumns },
				`select clinic_place as clinic, subject_place as subject, ${monthSql},
					n_applicable, n_recorded, n_unknown, n_blank, n_invalid, n_implausible
				from (${itemsSql}) join ${placesSql('clinic', clinics)} using (clinic)
					join ${placesSql('subject', subjects)} using (subject)`
			)
		: undefined;
	const length = monthsBetween(period.from, period.to) + 1;
	const size = clinics.length * subjects.length * length;
	const counts = byKey(() => new Int32Array(size));
	const columns = {
		nApplicable: items?.n_applicable,
		nRecorded: items?.n_recorded,
		nUnknown: items?.n_unknown,
		nBlank: items?.n_blank,
		nInvalid: items?.n_invalid,
		nImplausible: items?.n_implausible
	};
	const start = (clinic: number, subject: number) => (clinic * subjects.length + subject) * length;
	for (let row = 0; row < (items?.length ?? 0); row++) {
		const at = start(items?.clinic[row] ?? 0, items?.subject[row] ?? 0) + (items?.month[row] ?? 0);
		for (const key of countKeys) counts[key][at] = columns[key]?.[row] ?? 0;
	}
	const clinicPlaces = new Map(clinics.map((clinic, at) => [clinic, at]));
	const subjectPlaces = new Map(subjects.map((subject, at) => [subject, at]));
	const none = byKey(() => new Int32Array(length));
	return {
		months,
		births,
		clinics,
		monthly(clinic, subject) {
			const [own, place] = [clinicPlaces.get(clinic), subjectPlaces.get(subject)];
			if (own === undefined || place === undefined) return none;
			const first = start(own, place);
			return byKey((key) => counts[key].subarray(first, first + length));
		}
	};
}

/** The counts of a subject as months that can be added up. */
export function monthCounts(
	{ months, monthly }: ClinicCells,
	clinic: string,
	subject: string
): MonthCounts[] {
	const own = monthly(clinic, subject);
	return months.map((month, at) => {
		const counts = { ...nothing };
		for (const key of countKeys) counts[key] = own[key][at] ?? 0;
		return { month, counts };
	});
}

function byKey<Value>(value: (key: keyof Counts) => Value): Record<keyof Counts, Value> {
	return {
		nApplicable: value('nApplicable'),
		nRecorded: value('nRecorded'),
		nUnknown: value('nUnknown'),
		nBlank: value('nBlank'),
		nInvalid: value('nInvalid'),
		nImplausible: value('nImplausible')
	};
}

/** Names by their places, so that an answer of a million rows is of numbers. */
const placesSql = (name: string, all: readonly string[]) =>
	`(select unnest([${all.map(literal).join(', ')}]) as ${name}, unnest(range(${all.length}))::integer as ${name}_place)`;
