import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { expect, test } from 'vitest';
import { readDefinition, reported } from '#lib/catalogue/catalogue.ts';
import { definitionFiles, sharedFolder } from './definition-files.ts';

const sinasc = readDefinition(definitionFiles('sinasc'));
const shared = sharedFolder('sinasc');
const extracts = () =>
	readdirSync(shared ?? '')
		.filter((name) => name.startsWith('SINASC_RO_'))
		.map((name) => csvParse(readFileSync(join(shared ?? '', name), 'utf8')));

test('SINASC is one unit, one form and eleven reported variables', () => {
	expect(sinasc.units.map((u) => u.id)).toEqual(['ro']);
	expect(sinasc.register.forms.map((f) => f.id)).toEqual(['DN']);
	expect(reported(sinasc)).toHaveLength(11);
});

test.skipIf(!shared)('the profile names every column of the twelve extracts', () => {
	const named = Object.keys(sinasc.profiles.get('sinasc')?.columns ?? {});
	const found = extracts();
	expect(found).toHaveLength(12);
	for (const { columns } of found) expect(columns.toSorted()).toEqual(named.toSorted());
});

test.skipIf(!shared)('every text in the extracts that stands for a code leads to one', () => {
	const profile = sinasc.profiles.get('sinasc');
	const rows = extracts().flat();
	const strange = Object.entries(profile?.columns ?? {}).flatMap(([theirs, ours]) => {
		const codes = sinasc.byId.get(typeof ours === 'string' ? ours : ours.variable)?.codes?.map((c) => c.code);
		if (!codes) return [];
		const map: Record<string, string> = typeof ours === 'string' ? {} : (ours.codes ?? {});
		return [...new Set(rows.map((row) => row[theirs] ?? ''))]
			.filter((text) => text !== '' && !codes.includes(map[text] ?? text))
			.map((text) => `${theirs}: ${text}`);
	});
	expect(strange).toEqual([]);
});

test.skipIf(!shared)('no number in the extracts is outside the hard limits', () => {
	const rows = extracts().flat();
	const outside = reported(sinasc).flatMap((v) => {
		const [low, high] = v.hardLimits ?? [];
		if (typeof low !== 'number' || typeof high !== 'number') return [];
		const values = new Set(rows.map((row) => row[v.id] ?? '').filter((text) => text !== ''));
		return [...values]
			.filter((text) => Number(text) < low || Number(text) > high)
			.map((text) => `${v.id}: ${text}`);
	});
	expect(outside).toEqual([]);
});
