import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { locales } from '#lib/catalogue/text.ts';
import { clinicTables } from '#lib/server/feedback/clinic-tables.ts';
import { clinicReport } from '#lib/server/feedback/clinic-report.ts';
import { nationTables } from '#lib/server/feedback/nation-tables.ts';
import { clinicFigures, clinicList } from '#lib/server/figures/clinics.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { plain } from '#lib/notebook/inline.ts';
import { everyBlock } from '#lib/notebook/model.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { editionFolder } from '#lib/server/rounds/frozen-folder.ts';
import { freeze } from '#lib/server/rounds/freeze.ts';
import { frozenRegister } from '#lib/server/rounds/frozen-register.ts';
import { makeReports } from '#lib/server/rounds/make.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { reportsOf, type ReportRow } from '#lib/server/rounds/reports.ts';
import { clinicRegister, clinicView as view, others } from '../figures/clinic-register.ts';
import { anna, evening } from './fresh-rounds.ts';

const round = '2026-09';
const today = '2026-09-02';
const pool = createPdfPool(1);
let made: Awaited<ReturnType<typeof clinicRegister>>;
let rounds: Rounds;
let reports: ReportRow[];

beforeAll(async () => {
	made = await clinicRegister();
	rounds = openRounds(made.folder);
	// whom there are reports about is asked of few units, so that the round is made in a few seconds
	const units = made.register.definition.units.filter(
		({ id }) => id === 'danderyd' || id === 'sodersjukhuset'
	);
	const definition = {
		...made.register.definition,
		units,
		unitById: new Map(units.map((unit) => [unit.id, unit]))
	};
	const register = { ...made.register, definition };
	await freeze(register, rounds, round, anna, evening, today);
	await makeReports({ definition }, rounds, round, 1, { pool, now: () => evening });
	reports = reportsOf(wholeNation, rounds, round);
}, 120_000);
afterAll(async () => {
	rounds.close();
	await pool.close();
	await closeDesk();
	await made.remove();
});

const row = (of: string, locale: string, format = 'pdf') => {
	const found = reports.find((each) => each.of === of && each.locale === locale && each.format === format);
	if (!found) throw new Error(`No report of ${of}`);
	return found;
};
const bytesOf = ({ path }: ReportRow) => new Uint8Array(readFileSync(join(rounds.folder, path)));
async function textOf(report: ReportRow): Promise<string> {
	const { text } = await extractText(await getDocumentProxy(bytesOf(report)), { mergePages: true });
	return text.replace(/\s+/g, ' ');
}

test('every clinic with five births or more has its reports, and the nation one; all are made', () => {
	const of = (kind: string) => new Set(reports.filter((each) => each.kind === kind).map((each) => each.of));
	expect(of('clinic')).toEqual(new Set(['A-7', ...others]));
	expect(of('nation')).toEqual(new Set(['nation']));
	expect(reports.filter(({ state }) => state !== 'made')).toEqual([]);
	const unitOnly = reportsOf(scopeOfUnits(['sodersjukhuset']), rounds, round);
	expect(new Set(unitOnly.map(({ kind }) => kind))).toEqual(new Set(['unit']));
});

describe.for(locales)('in %s', (locale) => {
	test("a clinic's PDF holds its own number and figures, and no other clinic's number", async () => {
		const text = await textOf(row('A-7', locale));
		expect(text).toContain(locale === 'sv' ? 'Mödravårdscentral A-7' : 'Antenatal clinic A-7');
		expect(text).toContain(locale === 'sv' ? '24 födslar' : '24 births');
		// the height: 21 of 24
		expect(text).toMatch(/87[,.]5 ?% 21 24/);
		for (const number of [...others, 'B8']) expect(text).not.toMatch(new RegExp(`\\b${number}\\b`));
	});

	test('its workbook has the counts', async () => {
		const { sheets } = await readXlsx(bytesOf(row('A-7', locale, 'xlsx')));
		const cells = sheets.flatMap(({ rows }) => rows);
		const label = locale === 'sv' ? 'Moderns längd' : "Mother's height";
		const told = cells.find((each) => each.includes(label) && each.includes(21));
		expect(told).toContain(24);
	});

	test('the opening sentence says how many births, and a mail may say it', () => {
		expect(row('A-7', locale).opening).toBe(
			locale === 'sv'
				? '24 födslar är rapporterade för januari–juni 2026 av mödrar som skrevs in här.'
				: '24 births have been reported for January–June 2026 of mothers who enrolled here.'
		);
		expect(row('A-7', locale).flags).not.toBeNull();
	});

	test('of a clinic with four births nothing is told', async () => {
		const question = { clinic: 'B8', view, locale };
		const tables = (await clinicTables(wholeNation, made.register, question)) ?? {};
		const model = await clinicReport(await findNotebook('reports', 'clinic-feedback'), question, tables);
		const kinds = everyBlock(model.blocks).map(({ kind }) => kind);
		expect(kinds).not.toContain('table');
		expect(kinds).not.toContain('cards');
		const [lead] = everyBlock(model.blocks).filter((block) => block.kind === 'paragraph');
		expect(plain(lead?.text ?? [])).toMatch(
			locale === 'sv' ? /^Färre än fem födslar/ : /^Fewer than five births/
		);
	});

	test('the summary names clinics with few births and units without numbers', async () => {
		const text = await textOf(row('nation', locale));
		expect(text).toContain(locale === 'sv' ? 'ingen rapport: B8.' : 'no report: B8.');
		// Danderyd: one blank and three that are none, of 14
		expect(text).toMatch(/Danderyds sjukhus 1 3 14 28[,.]6 ?%/);
	});
});

test('what was frozen tells of clinics as the register does, though it holds no births', async () => {
	const frozen = await frozenRegister(
		made.register.definition,
		join(editionFolder(rounds, round, 1), 'frozen')
	);
	try {
		expect(await clinicList(wholeNation, frozen, view)).toEqual(
			await clinicList(wholeNation, made.register, view)
		);
		expect(await clinicFigures(wholeNation, frozen, 'A-7', view)).toEqual(
			await clinicFigures(wholeNation, made.register, 'A-7', view)
		);
	} finally {
		frozen.db.close();
	}
});

test("who does not see the whole nation gets neither a clinic's tables nor the nation's", async () => {
	const own = scopeOfUnits(['sodersjukhuset', 'danderyd']);
	const question = { view, locale: 'sv' } as const;
	expect(await clinicTables(own, made.register, { clinic: 'A-7', ...question })).toBeUndefined();
	expect(await nationTables(own, made.register, question)).toBeUndefined();
});
