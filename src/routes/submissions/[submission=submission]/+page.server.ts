import { error } from '@sveltejs/kit';
import { reported } from '#lib/catalogue/catalogue.ts';
import { issueName, parseRule, rulesByGravity } from '#lib/format/issue-names.ts';
import { pagingOf, readPage } from '#lib/format/paging.ts';
import { issueRuleText, refusalText } from '#lib/format/receipt-text.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { submissionReceipt } from '#lib/server/figures/submissions.ts';
import { listIssues } from '#lib/server/register/receipts.ts';
import { mayHandIn } from '../../may-hand-in.ts';
import type { PageServerLoad } from './$types';

const shown = 100;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { register, scope } = locals;
	const locale = getLocale();
	const { definition, db } = register;
	const number = Number(params.submission);
	const found = await submissionReceipt(scope, register, number);
	if (!found) error(404, m.receipt_unknown({ number }));
	const { receipt, sender } = found;

	const ruleText = url.searchParams.get('rule');
	const rule = ruleText === null ? undefined : parseRule(ruleText);
	if (ruleText !== null && !receipt.issues[rule ?? ''])
		error(404, m.receipt_rule_unknown({ rule: ruleText }));
	const page = readPage(url.searchParams);
	const counted = Object.entries(receipt.issues).filter(([name]) => rule === undefined || name === rule);
	const total = counted.reduce((sum, [, n]) => sum + n, 0);
	const paging = page && pagingOf(page, shown, total);
	if (!paging || page > paging.pages) error(404, m.submission_page_unknown());
	const issues = await listIssues(scope, db, {
		number,
		limit: shown,
		offset: (page - 1) * shown,
		...(rule && { rule })
	});
	const label = (id: string) => definition.byId.get(id)?.label[locale];
	const profile = receipt.profile === null ? undefined : definition.profiles.get(receipt.profile);
	return {
		mayHandIn: mayHandIn(locals),
		receipt,
		sender,
		unitName: definition.unitById.get(receipt.unit)?.name ?? receipt.unit,
		profile: profile?.label[locale] ?? receipt.profile,
		refusals: receipt.refusals.map((refusal) => refusalText(refusal, locale)),
		rules: rulesByGravity
			.filter((each) => receipt.issues[each])
			.map((each) => ({
				rule: each,
				name: issueName(each, locale),
				text: issueRuleText(each, locale),
				count: receipt.issues[each] ?? 0
			})),
		chosen: rule && { rule, name: issueName(rule, locale) },
		issues: issues.map((issue) => ({
			...issue,
			ruleName: issueName(issue.rule, locale),
			label: issue.variable === null ? undefined : label(issue.variable)
		})),
		paging,
		variables: reported(definition).length,
		columns: (receipt.reading?.columns ?? []).map((id) => ({ id, label: label(id) }))
	};
};
