import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import { keptRules, rowRules, valueRules, type IssueRule } from '#lib/submission/issue.ts';

const names: Record<IssueRule, typeof m.receipt_rule_number> = {
	number: m.receipt_rule_number,
	date: m.receipt_rule_date,
	code: m.receipt_rule_code,
	pattern: m.receipt_rule_pattern,
	limits: m.receipt_rule_limits,
	identity: m.receipt_rule_identity,
	implausible: m.receipt_rule_implausible,
	unitInactive: m.receipt_rule_unit_inactive,
	noKey: m.receipt_rule_no_key,
	identityAsReference: m.receipt_rule_identity_as_reference,
	noBirthDate: m.receipt_rule_no_birth_date,
	repeated: m.receipt_rule_repeated
};

/** What an issue is called in a list: "Okänd kod". */
export const issueName = (rule: IssueRule, locale: Locale): string => names[rule]({}, { locale });

/** The rules, the gravest first: rows left out, then values left out, then values to look at. */
export const rulesByGravity: readonly IssueRule[] = [...rowRules, ...valueRules, ...keptRules];

/** The rule that a text names; undefined where it names none. */
export const parseRule = (text: string): IssueRule | undefined =>
	rulesByGravity.find((rule) => rule === text);
