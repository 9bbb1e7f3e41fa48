import { expect, test } from 'vitest';
import type { Condition } from '#lib/catalogue/condition.ts';
import { applicabilityText, conditionText } from '#lib/format/condition-text.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';

const { byId, variables } = await loadDefinition('data/mfr');

test.for([
	[{ variable: 'DODFOD', is: 'blank' }, 'inget står under ”Dödfödd”'],
	[{ variable: 'GRVFV', is: 'recorded' }, 'något står under ”Graviditetslängd, veckor”'],
	[{ variable: 'BORDF2', in: ['2'] }, '”Enkel- eller flerbörd” är ”Flerbörd”'],
	[{ variable: 'BORDF2', in: ['1', '2'] }, '”Enkel- eller flerbörd” är ”Enkelbörd” eller ”Flerbörd”'],
	[{ variable: 'GRDBS', atLeast: 210 }, '”Graviditetslängd, dagar” är minst 210'],
	[{ variable: 'GRDBS', atMost: 1.5 }, '”Graviditetslängd, dagar” är högst 1,50']
] as const satisfies [Condition, string][])('%o is said as it reads', ([condition, text]) => {
	expect(conditionText(condition, byId, 'sv')).toBe(text);
});

test('parts are joined by and / or, and parts of parts stand in brackets', () => {
	const blank: Condition = { variable: 'DODFOD', is: 'blank' };
	const boy: Condition = { variable: 'KON', in: ['1'] };
	const girl: Condition = { variable: 'KON', in: ['2'] };
	expect(conditionText({ all: [blank, { any: [boy, girl] }] }, byId, 'en')).toBe(
		"nothing is written under “Stillborn” and (“Child's sex” is “Boy” or “Child's sex” is “Girl”)"
	);
});

test('a code or variable without a label is said as it is written', () => {
	expect(conditionText({ variable: 'NOSUCH', in: ['9'] }, byId, 'en')).toBe('“NOSUCH” is “9”');
});

test('every variable of the register says whom it applies to, in both languages', () => {
	for (const v of variables)
		for (const locale of ['sv', 'en'] as const) {
			const text = applicabilityText(v, byId, locale);
			expect(text, v.id).toMatch(v.level === 'delivery' ? /^(Alla f|F|All d|D)/ : /^(Alla f|F|All b|B)/);
			expect(text, v.id).not.toMatch(/undefined|\{|\}/);
		}
});
