import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { locales } from '#lib/catalogue/text.ts';
import { plain } from '#lib/notebook/inline.ts';
import { everyBlock, type Block } from '#lib/notebook/model.ts';
import type { View } from '#lib/period/view.ts';
import { nationReport } from '#lib/server/feedback/nation-report.ts';
import { nationTables } from '#lib/server/feedback/nation-tables.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import type { Register } from '#lib/server/register/open.ts';
import { emptyRegister } from '../register/empty-register.ts';
import { sampleRegister, sampleView } from './sample-register.ts';

let sample: Awaited<ReturnType<typeof sampleRegister>>;
beforeAll(async () => {
	sample = await sampleRegister();
}, 120_000);
afterAll(async () => {
	await closeDesk();
	await sample.remove();
});

async function summary(register: Register, locale: 'sv' | 'en', view: View = sampleView) {
	const tables = (await nationTables(wholeNation, register, { view, locale })) ?? {};
	const model = await nationReport(
		await findNotebook('reports', 'national-summary'),
		{ view, locale },
		tables
	);
	return { tables, model, blocks: everyBlock(model.blocks) };
}
const sheetsOf = (blocks: readonly Block[]) =>
	blocks.flatMap((block) => (block.kind === 'table' && block.rows.length ? [block.sheet] : []));

describe.for(locales)('the national summary in %s', (locale) => {
	test('says how many births there are, of how many units, and whom to call', async () => {
		const { tables, blocks } = await summary(sample.register, locale);
		// 14, 15 … 19 births a month in six units, over nine months of which all are due
		expect(tables.summary?.rows[0]).toMatchObject({ due_births: 9 * 99, earlier_births: 9 * 99, change: 0 });
		const own = tables.call?.rows.find(({ name }) => name === 'Södersjukhuset');
		expect(own?.region).toBe('Region Stockholm');
		expect(String(own?.reasons)).toMatch(/^Apgar (vid|at) 5 minut/);
		const [lead] = blocks.filter((block) => block.kind === 'paragraph');
		expect(plain(lead?.text ?? [])).toMatch(locale === 'sv' ? /^891 födslar/ : /^891 births/);
		expect(sheetsOf(blocks)).toContain(locale === 'sv' ? 'Att ringa' : 'To call');
	});

	test('holds every unit that was active, and those that have sent nothing by the months they lack', async () => {
		const { tables } = await summary(sample.register, locale);
		const silent = tables.unit?.rows.filter((row) => row.is_silent) ?? [];
		expect(tables.unit?.rows.length).toBe(tables.summary?.rows[0]?.units);
		expect(silent.length).toBe(tables.summary?.rows[0]?.silent);
		expect(tables.unit?.rows.find(({ id }) => id === 'danderyd')).toMatchObject({
			births: 9 * 15,
			is_silent: false
		});
		expect(tables.unit?.rows.find(({ id }) => id === 'norrkoping')).toMatchObject({
			births: 0,
			is_silent: true,
			silent: locale === 'sv' ? 'januari–september' : 'January–September'
		});
	});

	test('each flag is new, persists or is told as resolved, as many as are counted', async () => {
		const { tables } = await summary(sample.register, locale);
		const flags = tables.flag?.rows ?? [];
		const change = tables.flag_change?.rows[0];
		expect(flags.filter((row) => row.is_new)).toHaveLength(Number(change?.added));
		expect(flags.filter((row) => !row.is_new)).toHaveLength(Number(change?.persisting));
		expect(tables.flag_resolved?.rows).toHaveLength(Number(change?.resolved));
		const sum = tables.flag_group?.rows.reduce((n, row) => n + Number(row.added), 0);
		expect(sum).toBe(change?.added);
	});

	test('a period of which nothing is due, and a register without births, are told as that', async () => {
		const view: View = { ...sampleView, period: { from: '2026-11', to: '2026-11' } };
		expect((await summary(sample.register, locale, view)).tables.summary?.rows[0]?.is_judged).toBe(false);
		const empty = await emptyRegister(
			'data/mfr',
			sample.register.definition.variables.map(({ id }) => id)
		);
		try {
			const { tables, model } = await summary(empty.register, locale);
			expect(model.faults).toEqual([]);
			expect(tables.summary?.rows[0]?.due_births).toBe(0);
		} finally {
			await empty.remove();
		}
	});
});
