import type { Locale } from '#lib/catalogue/text.ts';
import { formatDay } from '#lib/format/days.ts';
import { formatCount } from '#lib/format/numbers.ts';
import { receiptSentence } from '#lib/format/receipt-sentence.ts';
import { issueRuleText, refusalText } from '#lib/format/receipt-text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IssueRule } from '#lib/submission/issue.ts';
import type { Receipt } from '#lib/submission/receipt.ts';

/** A receipt in words, line by line. `before`: the same file had been handed in before. */
export function receiptLines(receipt: Receipt, file: string, before: boolean, locale: Locale): string[] {
	const { number, refusals, firstBirth, lastBirth, reading, issues } = receipt;
	const how = { locale };
	const day = (text: string) => formatDay(text.slice(0, 10), locale);
	const said = [receiptSentence(receipt, locale), ...refusals.map((refusal) => refusalText(refusal, locale))];
	if (firstBirth !== null && firstBirth === lastBirth)
		said.push(m.receipt_births_on({ day: day(firstBirth) }, how));
	else if (firstBirth !== null && lastBirth !== null)
		said.push(m.receipt_births_between({ first: day(firstBirth), last: day(lastBirth) }, how));
	if (reading?.ignored.length) said.push(m.import_ignored({ columns: reading.ignored.join(', ') }, how));
	for (const [rule, n] of Object.entries(issues))
		said.push(
			m.import_issue({ count: formatCount(n, locale), text: issueRuleText(rule as IssueRule, locale) }, how)
		);
	const title = before
		? m.import_receipt_before({ file, number, day: day(receipt.receivedAt) }, how)
		: m.import_receipt({ file, number }, how);
	return [title, ...said.map((line) => `  ${line}`)];
}
