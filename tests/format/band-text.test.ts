import { expect, test } from 'vitest';
import { bandText, bandUnits, othersSentence, placeText } from '#lib/format/band-text.ts';

const bands = [
	{ units: 11, from: 0.62, to: 0.9 },
	{ units: 12, from: 0.9, to: 1 }
];

test('a band is told by its number and its edges', () => {
	expect(bandUnits({ units: 11 }, 'sv')).toBe('11 andra enheter');
	expect(bandText({ from: 0.92, to: 0.95 }, 'sv')).toBe('mellan 92 och 95\u00a0%');
	expect(bandText({ from: 0.92, to: 0.95 }, 'en')).toBe('between 92 and 95%');
	expect(bandText({ from: 1, to: 1 }, 'sv')).toBe('100\u00a0%');
});

test('all other units are told of together, and none where there are too few', () => {
	expect(othersSentence(bands, 'sv')).toBe('De 23 enheterna utöver dina ligger mellan 62 och 100\u00a0%');
	expect(othersSentence([{ units: 6, from: 0.99, to: 1 }], 'en')).toBe(
		'The 6 units besides yours lie between 99 and 100%'
	);
	expect(othersSentence([], 'sv')).toBeUndefined();
});

test('a place among the units is told by the quartiles, or else by the extremes', () => {
	expect(placeText(0.9, [0.5, 0.8, 0.9, 0.95, 1], 'en')).toBe('90.0%; half of the units lie at 80.0%–95.0%');
	expect(placeText(null, [0.5, null, null, null, 1], 'en')).toBe('–; the units lie at 50.0%–100%');
});
