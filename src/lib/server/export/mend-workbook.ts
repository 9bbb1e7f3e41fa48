import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { formatDay, monthsName } from '#lib/format/days.ts';
import { limitsText } from '#lib/format/limit-text.ts';
import { formatCount } from '#lib/format/numbers.ts';
import { listText } from '#lib/format/sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { mendBy } from '#lib/period/calendar.ts';
import type { Day } from '#lib/period/day.ts';
import type { Period } from '#lib/period/period.ts';
import { entrySheet, textSheet, writeWorkbook } from '#lib/server/workbook/write.ts';
import type { MendList } from '#lib/server/figures/to-mend.ts';

/** What a list to be filled in is about. */
export type MendSubject = {
	definition: Definition;
	/** The variable or form, as the list is headed. */
	title: string;
	unitName: string;
	period: Period;
	asOf: Day;
	locale: Locale;
};

/** Whether a list can be filled in: the register knows births by a reference, and there are columns to fill in. */
export const hasWorkbook = ({ register }: Definition, { columns }: Pick<MendList, 'columns'>) =>
	register.reference !== undefined && columns.length > 0;

/**
 * The births to mend as an Excel file that can be filled in and handed in: the first sheet has the register's own
 * names in its first row, and rows that change nothing when they are left as they are; the second says what to do
 * and what may be written. Births without a reference are not in it, as they could not be known again. Throws
 * RangeError where there is nothing to fill in.
 */
export function mendWorkbook(list: MendList, subject: MendSubject): Promise<Uint8Array> {
	const { definition, title, locale } = subject;
	const { reference, birthDate } = definition.register;
	if (!reference || list.columns.length === 0) throw new RangeError('The list has no columns to fill in.');
	const dated = !list.columns.some(({ id }) => id === birthDate);
	const columns = [
		{ header: reference.column },
		...(dated ? [{ header: birthDate }] : []),
		...list.columns.map(({ id, codes }) => ({ header: id, choices: codes?.map(({ code }) => code) }))
	];
	const rows = list.rows
		.filter((row) => row.reference !== null)
		.map((row) => [row.reference, ...(dated ? [row.birthDate] : []), ...row.cells]);
	const sheets = [
		entrySheet(m.mend_sheet_list({}, { locale }), columns, rows),
		textSheet(
			m.mend_sheet_help({}, { locale }),
			[m.mend_help_what({}, { locale }), m.mend_help_how({}, { locale })],
			[...instructions(list, subject, reference.column), ...list.columns.flatMap((v) => meaning(v, locale))]
		)
	];
	return writeWorkbook(sheets, title);
}

function instructions(
	{ columns, rows }: MendList,
	{ title, unitName, period, asOf, locale }: MendSubject,
	reference: string
): [string, string][] {
	const how = { locale };
	const sheet = m.mend_sheet_list({}, how);
	const names = listText(
		columns.map(({ id }) => id),
		locale
	);
	const left = rows.filter((row) => row.reference === null).length;
	const about = m.mend_help_list_text(
		{ unit: unitName, period: monthsName(period, locale), day: formatDay(asOf, locale), label: title },
		how
	);
	const leftOut = left ? ` ${m.mend_excel_left_out({ count: left, n: formatCount(left, locale) }, how)}` : '';
	return [
		[m.mend_help_list({}, how), about + leftOut],
		[m.mend_help_fill({}, how), m.mend_help_fill_text({ columns: names, sheet, reference }, how)],
		[m.mend_help_leave({}, how), m.mend_help_leave_text({}, how)],
		[m.mend_help_hand_in({}, how), m.mend_help_hand_in_text({ sheet }, how)],
		[m.mend_help_by({}, how), formatDay(mendBy(period).variables, locale)]
	];
}

/** What a variable is and what may be written, and a row for each of its codes. */
function meaning(v: Variable, locale: Locale): [string, string][] {
	const how = { locale };
	const kinds: Partial<Record<Variable['type'], string>> = {
		code: m.mend_help_codes({}, how),
		integer: m.mend_help_integer({}, how),
		decimal: m.mend_help_number({}, how),
		date: m.mend_help_date({}, how),
		datetime: m.mend_help_moment({}, how)
	};
	const said = [
		`${v.label[locale]}.`,
		v.description && `${v.description[locale]}.`,
		kinds[v.type],
		v.positions && m.mend_help_several({ count: v.positions }, how),
		v.hardLimits && m.mend_help_limits({ limits: limitsText(v.hardLimits, v.unit, locale) }, how),
		v.softLimits && m.mend_help_likely({ limits: limitsText(v.softLimits, v.unit, locale) }, how)
	];
	return [
		[v.id, said.filter(Boolean).join(' ')],
		...(v.codes ?? []).map(({ code, label }): [string, string] => [`${v.id} ${code}`, label[locale]])
	];
}
