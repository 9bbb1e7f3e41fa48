import { expect, test } from 'vitest';
import type { Variable } from '#lib/catalogue/variable.ts';
import { answers } from '#lib/measures/answers.ts';
import { nothing } from '#lib/measures/counts.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';

const { byId } = await loadDefinition('data/mfr');
const variable = (id: string): Variable => byId.get(id) ?? expect.fail(id);
const counts = { ...nothing, nApplicable: 200, nRecorded: 80, nBlank: 120 };
const codes = [
	{ code: '1', n: 60 },
	{ code: '2', n: 20 }
];

test('an answer is a share of all answers', () => {
	expect(answers(variable('KON'), codes, counts).map((answer) => answer.share)).toEqual([0.75, 0.25]);
});

test('where a blank is an answer too, it is a share of all births', () => {
	expect(answers(variable('DODFOD'), codes, counts).map((answer) => answer.share)).toEqual([0.3, 0.1]);
});

test('without answers there are no shares', () => {
	expect(answers(variable('KON'), [{ code: '1', n: 0 }], nothing)).toEqual([
		{ code: '1', n: 0, share: null }
	]);
});
