import { expect, test } from 'vitest';
import { issuesSentence, receiptSentence } from '#lib/format/receipt-sentence.ts';
import type { Receipt } from '#lib/submission/receipt.ts';

function receiptOf(changed: Partial<Receipt>): Receipt {
	const counts = { rows: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, ...changed };
	return {
		number: 1,
		unit: 'lycksele',
		fileName: 'a.csv',
		sha256: '0'.repeat(64),
		bytes: 1,
		receivedAt: '2026-02-01 09:30:00',
		profile: null,
		status: 'received',
		firstBirth: null,
		lastBirth: null,
		issues: {},
		reading: null,
		refusals: [],
		...counts,
		accepted: counts.added + counts.changed + counts.unchanged
	};
}

test.for([
	[
		{ rows: 216, added: 198, changed: 3, unchanged: 13, rejected: 2 },
		'Filen är mottagen: 214 födslar, varav 198 nya, 3 ändrade och 13 oförändrade; 2 rader kunde inte tas emot.'
	],
	[{ rows: 2, added: 1, unchanged: 1 }, 'Filen är mottagen: 2 födslar, varav en ny och en oförändrad.'],
	[{ rows: 40, added: 40 }, 'Filen är mottagen: 40 födslar, alla nya.'],
	[
		{ rows: 41, unchanged: 40, rejected: 1 },
		'Filen är mottagen: 40 födslar, alla oförändrade; en rad kunde inte tas emot.'
	],
	[{ rows: 1, added: 1 }, 'Filen är mottagen: en födsel, som är ny.'],
	[{ rows: 7, rejected: 7 }, 'Filen är läst, men ingen av dess 7 rader kunde tas emot.'],
	[{ rows: 1, rejected: 1 }, 'Filen är läst, men dess enda rad kunde inte tas emot.'],
	[{ status: 'refused' }, 'Filen kunde inte tas emot, och ingenting i registret har ändrats.']
] as const)('the receipt of %o says what became of the file', ([changed, sentence]) => {
	expect(receiptSentence(receiptOf(changed), 'sv')).toBe(sentence);
});

test('English says the same', () => {
	expect(
		receiptSentence(receiptOf({ rows: 216, added: 198, changed: 3, unchanged: 13, rejected: 2 }), 'en')
	).toBe(
		'The file has been received: 214 births, of which 198 new, 3 changed and 13 unchanged; 2 rows could not be accepted.'
	);
});

test('the second sentence counts what has to be looked at; a refused file has none', () => {
	expect(issuesSentence(receiptOf({ issues: { code: 3, limits: 1129 } }), 'sv')).toBe(
		'1\u202f132 saker behöver ses över.'
	);
	expect(issuesSentence(receiptOf({}), 'en')).toBe('Nothing in it has to be mended.');
	expect(issuesSentence(receiptOf({ status: 'refused' }), 'sv')).toBeUndefined();
});
