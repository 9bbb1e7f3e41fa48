import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/catalogue/text.ts';
import { formatCount } from './numbers.ts';
import type { Issue, IssueRule, Refusal } from '#lib/submission/issue.ts';

/** Why a file was refused, where, and how to mend it, in plain words. */
export function refusalText(refusal: Refusal, locale: Locale): string {
	const { rule, row = 1, column = '', count = 1, fields = 0, limit = 0 } = refusal;
	const how = { locale };
	switch (rule) {
		case 'empty':
			return m.refusal_empty({}, how);
		case 'headerOnly':
			return m.refusal_header_only({}, how);
		case 'notText':
			return m.refusal_not_text({}, how);
		case 'archive':
			return m.refusal_archive({}, how);
		case 'macros':
			return m.refusal_macros({}, how);
		case 'workbook':
			return m.refusal_workbook({}, how);
		case 'workbookTooLarge':
			return m.refusal_workbook_too_large({}, how);
		case 'nul':
			return withMoreRows(m.refusal_nul({ row, column }, how), count, locale);
		case 'tooManyColumns':
			return m.refusal_too_many_columns({ fields, limit }, how);
		case 'fieldTooLong':
			return withMoreRows(
				m.refusal_field_too_long({ row, column, limit: formatCount(limit, locale) }, how),
				count,
				locale
			);
		case 'duplicateColumn':
			return m.refusal_duplicate_column({ column, count }, how);
		case 'unnamedColumn':
			return count > 1
				? m.refusal_unnamed_columns({ column, count }, how)
				: m.refusal_unnamed_column({ column }, how);
		case 'unknownColumns':
			return m.refusal_unknown_columns({}, how);
		case 'missingColumns':
			return m.refusal_missing_columns({ column }, how);
		case 'wrongNumberOfFields':
			return withMoreRows(m.refusal_wrong_number_of_fields({ row, fields, limit }, how), count, locale);
		case 'unclosedQuote':
			return m.refusal_unclosed_quote({ row, column }, how);
		case 'strayQuote':
			return withMoreRows(m.refusal_stray_quote({ row, column }, how), count, locale);
		case 'noKeyColumns':
			return m.refusal_no_key_columns({ column: choice(column.split(', '), locale) }, how);
	}
}

const withMoreRows = (text: string, count: number, locale: Locale) =>
	count > 1 ? `${text} ${m.refusal_more_rows({ count: count - 1 }, { locale })}` : text;

/** “REF, BPNR eller MPNR + BFODDAT” */
function choice(ways: string[], locale: Locale): string {
	const last = ways.at(-1) ?? '';
	const first = ways.slice(0, -1).join(', ');
	return first === '' ? last : m.refusal_or({ first, last }, { locale });
}

const issueMessages: Record<IssueRule, typeof m.issue_number> = {
	number: m.issue_number,
	date: m.issue_date,
	code: m.issue_code,
	pattern: m.issue_pattern,
	limits: m.issue_limits,
	identity: m.issue_identity,
	implausible: m.issue_implausible,
	unitInactive: m.issue_unit_inactive,
	noKey: m.issue_no_key,
	identityAsReference: m.issue_identity_as_reference,
	noBirthDate: m.issue_no_birth_date,
	repeated: m.issue_repeated
};

/** What is wrong with a value or a row that has this issue, what became of it, and how to mend it. */
export const issueRuleText = (rule: IssueRule, locale: Locale): string => issueMessages[rule]({}, { locale });

/** The same with its place: “Rad 17, BVIKT: …”. */
export function issueText({ row, variable, rule }: Issue, locale: Locale): string {
	const text = issueRuleText(rule, locale);
	return variable === null
		? m.issue_place_row({ row, text }, { locale })
		: m.issue_place({ row, column: variable, text }, { locale });
}
