import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Receipt } from '#lib/submission/receipt.ts';
import { formatCount } from './numbers.ts';
import { listText } from './sentence.ts';

/**
 * What became of a file, in one sentence: "Filen är mottagen: 214 födslar, varav 198 nya, 3 ändrade och 13
 * oförändrade; 2 rader kunde inte tas emot."
 */
export function receiptSentence(receipt: Receipt, locale: Locale): string {
	const { status, rows, accepted, rejected } = receipt;
	const l = { locale };
	const count = (number: number) => formatCount(number, locale);
	if (status === 'refused') return m.receipt_refused({}, l);
	if (accepted === 0) return m.receipt_nothing({ count: rows, rows: count(rows) }, l);
	const births = m.receipt_births({ count: accepted, births: count(accepted) }, l);
	const opening = m.receipt_received({ births: `${births}${kinds(receipt, locale)}` }, l);
	if (rejected === 0) return `${opening}.`;
	return `${opening}; ${m.receipt_rejected_rows({ count: rejected, rows: count(rejected) }, l)}.`;
}

/** ", alla nya", or ", varav 198 nya, 3 ändrade och 13 oförändrade". */
function kinds({ accepted, added, changed, unchanged }: Receipt, locale: Locale): string {
	const l = { locale };
	const all = [
		{ n: added, all: m.receipt_all_new, some: m.receipt_some_new },
		{ n: changed, all: m.receipt_all_changed, some: m.receipt_some_changed },
		{ n: unchanged, all: m.receipt_all_unchanged, some: m.receipt_some_unchanged }
	];
	const only = all.find(({ n }) => n === accepted);
	if (only) return `, ${only.all({ count: accepted }, l)}`;
	const parts = all
		.filter(({ n }) => n > 0)
		.map(({ n, some }) => some({ count: n, births: formatCount(n, locale) }, l));
	return `, ${m.receipt_of_which({ parts: listText(parts, locale) }, l)}`;
}

/** How many values have to be looked at, and which days the births lie between; undefined for a refused file. */
export function issuesSentence(receipt: Receipt, locale: Locale): string | undefined {
	if (receipt.status === 'refused') return undefined;
	const issues = Object.values(receipt.issues).reduce((sum, n) => sum + n, 0);
	if (issues === 0) return m.receipt_no_issues({}, { locale });
	return m.receipt_issues_in_all({ count: issues, issues: formatCount(issues, locale) }, { locale });
}
