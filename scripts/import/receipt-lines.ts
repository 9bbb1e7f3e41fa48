import type { Locale } from '#lib/catalogue/text.ts';
import { formatDay } from '#lib/format/days.ts';
import { formatCount } from '#lib/format/numbers.ts';
import { issueRuleText, refusalText } from '#lib/format/receipt-text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { IssueRule } from '#lib/submission/issue.ts';
import type { Receipt } from '#lib/submission/receipt.ts';

/** A receipt in words, line by line. `before`: the same file had been handed in before. */
export function receiptLines(receipt: Receipt, file: string, before: boolean, locale: Locale): string[] {
	const { number, status, refusals, firstBirth, lastBirth, reading, receivedAt } = receipt;
	const how = { locale };
	if (status === 'refused')
		return [
			m.import_refused({ file, number }, how),
			...refusals.map((refusal) => `  ${refusalText(refusal, locale)}`)
		];
	const count = (n: number) => formatCount(n, locale);
	const lines = [
		before
			? m.import_received_before({ file, number, day: formatDay(receivedAt.slice(0, 10), locale) }, how)
			: m.import_received({ file, number }, how),
		m.import_rows(
			{
				rows: count(receipt.rows),
				accepted: count(receipt.accepted),
				added: count(receipt.added),
				changed: count(receipt.changed),
				unchanged: count(receipt.unchanged),
				rejected: count(receipt.rejected)
			},
			how
		)
	];
	if (firstBirth && lastBirth)
		lines.push(
			m.import_births({ first: formatDay(firstBirth, locale), last: formatDay(lastBirth, locale) }, how)
		);
	if (reading?.ignored.length) lines.push(m.import_ignored({ columns: reading.ignored.join(', ') }, how));
	for (const [rule, n] of Object.entries(receipt.issues))
		lines.push(m.import_issue({ count: count(n), text: issueRuleText(rule as IssueRule, locale) }, how));
	return lines.map((line, index) => (index === 0 ? line : `  ${line}`));
}
