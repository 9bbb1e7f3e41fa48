import { expect, test } from 'vitest';
import { placeStrip, stripSize } from '#lib/components/place-strip.ts';

test('the lowest unit lies at the left end and the highest at the right', () => {
	const strip = placeStrip([0.5, 0.9, 0.95, 0.97, 0.99], 0.5);
	expect(strip?.low).toBe(stripSize.inset);
	expect(strip?.own).toBe(stripSize.inset);
	expect(strip?.high).toBe(stripSize.width - stripSize.inset);
});

test('units that all but agree are not drawn far apart', () => {
	const strip = placeStrip([0.995, 0.997, 0.998, 0.999, 1], 0.995);
	expect(strip?.own).toBeGreaterThan(stripSize.width * 0.9);
});

test('a share below every unit shown still has its place', () => {
	const strip = placeStrip([0.9, 0.92, 0.95, 0.97, 0.99], 0.2);
	expect(strip?.own).toBe(stripSize.inset);
	expect(strip?.low).toBeGreaterThan(stripSize.width / 2);
});

test('without quartiles nothing is drawn', () => {
	expect(placeStrip([], 0.5)).toBeUndefined();
});
