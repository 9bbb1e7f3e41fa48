import { expect, test } from 'vitest';
import { locales } from '#lib/catalogue/text.ts';
import { issueRuleText, issueText, refusalText } from '#lib/format/receipt-text.ts';
import { keptRules, refusalRules, rowRules, valueRules } from '#lib/submission/issue.ts';

test.for(locales)('every refusal and every issue has a sentence of its own (%s)', (locale) => {
	const rules = [...valueRules, ...keptRules, ...rowRules];
	const texts = [
		...refusalRules.map((rule) =>
			refusalText({ rule, row: 17, column: 'BVIKT', fields: 12, limit: 14 }, locale)
		),
		...rules.map((rule) => issueRuleText(rule, locale))
	];
	expect(new Set(texts).size).toBe(refusalRules.length + rules.length);
	for (const text of texts) expect(text).toMatch(/^\S.*\.$/);
});

test('a refusal says where, and how many rows more', () => {
	const refusal = { rule: 'wrongNumberOfFields', row: 17, fields: 12, limit: 14, count: 3 } as const;
	expect(refusalText(refusal, 'sv')).toMatch(
		/^Rad 17 har 12 fält, men rubrikraden har 14\. .* Det gäller 2 rader till\.$/
	);
	expect(refusalText({ ...refusal, count: 1 }, 'en')).toMatch(
		/^Row 17 has 12 fields, but the header has 14\. .*break\.$/
	);
});

test('ways to know a birth are given as a choice', () => {
	const column = 'REF, BPNR, MPNR + BFODDAT';
	expect(refusalText({ rule: 'noKeyColumns', column }, 'sv')).toContain(
		'Ta med REF, BPNR eller MPNR + BFODDAT.'
	);
	expect(refusalText({ rule: 'noKeyColumns', column: 'REF' }, 'sv')).toContain('Ta med REF.');
});

test('an issue is told with its place, of a value or of a row', () => {
	expect(issueText({ row: 3, variable: 'KON', rule: 'code', value: 'K' }, 'sv')).toMatch(
		/^Rad 3, KON: Koden /
	);
	expect(issueText({ row: 3, variable: null, rule: 'repeated', value: null }, 'en')).toMatch(
		/^Row 3: The same birth /
	);
});
