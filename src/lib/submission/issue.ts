/**
 * What can be wrong with a value or a row. The first kind leaves the value out (invalid), the second
 * keeps it (implausible), the third leaves the whole row out (rejected).
 */
export const valueRules = ['number', 'date', 'code', 'pattern', 'limits', 'identity'] as const;
export const keptRules = ['implausible', 'unitInactive'] as const;
export const rowRules = ['noKey', 'identityAsReference', 'noBirthDate', 'repeated'] as const;

export type IssueRule = (typeof valueRules)[number] | (typeof keptRules)[number] | (typeof rowRules)[number];

/** One thing wrong at one place of a submission. Row 1 is the header. Never holds an identity number. */
export type Issue = { row: number; variable: string | null; rule: IssueRule; value: string | null };

/** Why a whole file is refused: nothing of it is read. */
export const refusalRules = [
	'empty',
	'headerOnly',
	'notText',
	'archive',
	'macros',
	'workbook',
	'workbookTooLarge',
	'nul',
	'tooManyColumns',
	'fieldTooLong',
	'duplicateColumn',
	'unnamedColumn',
	'unknownColumns',
	'missingColumns',
	'wrongNumberOfFields',
	'unclosedQuote',
	'strayQuote',
	'noKeyColumns'
] as const;
export type RefusalRule = (typeof refusalRules)[number];

/**
 * One reason for a refusal. Where it is about a row: the first `row` that has it (1 is the header) and the
 * `count` of rows that have it; `column` is a column's name, or its number where it has none; `fields` is
 * how many fields that row has, where `limit` is how many it should or may have.
 */
export type Refusal = {
	rule: RefusalRule;
	row?: number;
	column?: string;
	fields?: number;
	count?: number;
	limit?: number;
};
