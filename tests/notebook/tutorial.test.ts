import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { openDesk, type Desk } from '#lib/server/notebook/desk.ts';
import { peopledRegister, today } from '../figures/peopled-register.ts';

/** The samples of the tutorial, in the order in which a reader types them. */
const written = readFileSync('docs/notebooks.md', 'utf8');
const samples = [...written.matchAll(/^(`{3,})markdown\n([\s\S]*?)\n\1$/gm)].map(
	([, , sample = '']) => sample
);
/** What has been typed after so many samples. */
const typed = (n: number) => samples.slice(0, n).join('\n\n');

let made: Awaited<ReturnType<typeof peopledRegister>>;
let desk: Desk;
beforeAll(async () => {
	made = await peopledRegister();
	desk = openDesk(made.register);
}, 60_000);
afterAll(async () => {
	await desk.close();
	await made.remove();
});

const run = (text: string, locale: Locale) =>
	desk.run(wholeNation, {
		name: 'forms',
		text,
		parameters: {},
		locale,
		today,
		read: () => Promise.resolve(undefined)
	});

test('the tutorial has its samples', () => {
	expect(samples.length).toBe(6);
});

test.for(samples.flatMap((_, at) => locales.map((locale) => [at + 1, locale] as const)))(
	'after sample %i the notebook renders without a fault (%s)',
	async ([n, locale]) => {
		const { faults, notices, missing } = await run(typed(n), locale);
		expect({ faults, notices, missing }).toEqual({ faults: [], notices: [], missing: [] });
	}
);

test('each sample adds what the tutorial says: tables, a sentence with figures, a chart', async () => {
	const { model, steps } = await run(typed(samples.length), 'en');
	expect(steps.map(({ name }) => name).toSorted()).toEqual(['by_month', 'form_share', 'gap', 'worst']);
	expect(model.blocks.map(({ kind }) => kind)).toEqual(
		expect.arrayContaining(['inputs', 'table', 'paragraph', 'chart'])
	);
});

test('the mistake that the tutorial tells to make is told as it says, and leaves the rest standing', async () => {
	const { faults, model } = await run(typed(5).replace('from: form_share\n', 'from: form_shar\n'), 'en');
	const [fault, ...more] = faults;
	expect(more).toEqual([]);
	expect(written).toContain(`“${fault?.message}”`);
	expect(model.blocks.filter(({ kind }) => kind === 'chart')).toHaveLength(1);
});
