import { expect, test } from 'vitest';
import { NotebookError } from '#lib/notebook/fault.ts';
import { PdfError } from '#lib/server/export/pdf-pool.ts';
import { NoSuchNotebook } from '#lib/server/notebook/find.ts';
import { damagedFault } from '#lib/server/rounds/damaged.ts';
import { faultTold, keptFault } from '#lib/server/rounds/report-fault.ts';
import { NothingAbout } from '#lib/server/rounds/report-kind.ts';

const notebook = new NotebookError('unit-feedback', [{ line: 7, message: 'There is no table x.' }]);

test.for([
	['notebook', notebook, 'figures', 'analysen som rapporten görs av har ett fel'],
	[
		'missing notebook',
		new NoSuchNotebook('There is none.'),
		'figures',
		'analysen som rapporten görs av har ett fel'
	],
	['nothing to tell of', new NothingAbout('No birth.'), 'figures', 'det finns inget underlag för rapporten'],
	['question', new Error('Binder Error'), 'figures', 'siffrorna gick inte att ta fram'],
	['PDF', new PdfError('unit-feedback visby sv', 'no such font'), 'pdf', 'PDF-filen gick inte att göra'],
	['workbook', new Error('too many rows'), 'workbook', 'Excel-filen gick inte att göra']
] as const)(
	'a fault of the kind “%s” is told in the reader’s language, its reason after it',
	([, error, step, sentence]) => {
		expect(faultTold(keptFault(error, step), 'sv')).toEqual({ sentence, reason: error.message });
		expect(faultTold(keptFault(error, step), 'en').sentence).toMatch(/^the |^there /);
	}
);

test('a damaged file has no technical reason, and a fault that was kept without its kind is all reason', () => {
	expect(faultTold(damagedFault, 'sv')).toEqual({
		sentence: 'filen är inte längre som den gjordes',
		reason: null
	});
	const old = 'The PDF of unit-feedback visby sv could not be made: no such font';
	expect(faultTold(old, 'sv')).toEqual({ sentence: 'rapporten gick inte att göra', reason: old });
});

test('what is kept of a fault has no identity number, says something, and is not long', () => {
	expect(keptFault(new Error('row 198112189876 is odd'), 'figures')).not.toContain('198112189876');
	expect(keptFault(new Error(''), 'pdf')).toBe('pdf: no reason was given');
	expect(keptFault(new Error('x'.repeat(5000)), 'pdf')).toHaveLength(2000);
});
