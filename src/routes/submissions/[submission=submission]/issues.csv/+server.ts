import { error } from '@sveltejs/kit';
import { byteOrderMark, csvLine } from '#lib/format/csv.ts';
import { issueName } from '#lib/format/issue-names.ts';
import { issueRuleText } from '#lib/format/receipt-text.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { submissionReceipt } from '#lib/server/figures/submissions.ts';
import { everyIssue } from '#lib/server/register/receipts.ts';
import type { RequestHandler } from './$types';

/** All issues of a receipt, in the order of its rows, as a file that spreadsheets open. */
export const GET: RequestHandler = async ({ locals: { register, scope }, params }) => {
	const locale = getLocale();
	const number = Number(params.submission);
	const [found, stretches] = await Promise.all([
		submissionReceipt(scope, register, number),
		everyIssue(scope, register.db, number)
	]);
	if (!found || !stretches) error(404, m.receipt_unknown({ number }));
	const { receipt } = found;

	const lines = async function* () {
		const head = [
			m.receipt_row(),
			m.receipt_variable(),
			m.receipt_variable_label(),
			m.receipt_rule(),
			m.receipt_value(),
			m.receipt_explanation()
		];
		yield byteOrderMark + csvLine(head);
		for await (const issues of stretches)
			yield issues
				.map(({ row, variable, rule, value }) => {
					const label = register.definition.byId.get(variable ?? '')?.label[locale] ?? null;
					return csvLine([row, variable, label, issueName(rule, locale), value, issueRuleText(rule, locale)]);
				})
				.join('');
	};
	const name = `${receipt.unit}-${receipt.receivedAt.slice(0, 10)}-${m.receipt_file_stem()}-${number}.csv`;
	return new Response(textStream(lines()), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}"`
		}
	});
};

function textStream(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { value, done } = await parts.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await parts.return(undefined);
		}
	});
}
