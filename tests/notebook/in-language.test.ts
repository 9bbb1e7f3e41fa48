import { expect, test } from 'vitest';
import { inLanguage } from '#lib/notebook/in-language.ts';

const table = (columns: string[], row: Record<string, string>) => new Map([['t', { columns, rows: [row] }]]);

test("inLanguage() adds the reader's column beside those of the languages", () => {
	const given = table(['label_sv', 'label_en'], { label_sv: 'Vikt', label_en: 'Weight' });
	expect(inLanguage(given, 'sv').get('t')).toEqual({
		columns: ['label_sv', 'label_en', 'label'],
		rows: [{ label_sv: 'Vikt', label_en: 'Weight', label: 'Vikt' }]
	});
	expect(inLanguage(given, 'en').get('t')?.rows[0]?.label).toBe('Weight');
});

test('inLanguage() leaves a column that is there, and one that lacks a language', () => {
	const own = table(['label', 'label_sv', 'label_en'], {
		label: 'own',
		label_sv: 'Vikt',
		label_en: 'Weight'
	});
	expect(inLanguage(own, 'en').get('t')?.rows[0]?.label).toBe('own');
	const one = table(['label_sv'], { label_sv: 'Vikt' });
	expect(inLanguage(one, 'sv').get('t')?.columns).toEqual(['label_sv']);
});
