import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { plain } from '#lib/notebook/inline.ts';
import { htmlOf } from '#lib/server/export/html.ts';
import { madeOf } from '#lib/server/export/made-of.ts';
import { notebookFile } from '#lib/server/export/notebook-file.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { askNotebook } from '#lib/server/feedback/ask-notebook.ts';
import { openDesk, type Desk } from '#lib/server/notebook/desk.ts';
import { openShelf } from '#lib/server/notebook/shelf.ts';
import { findWritten } from '#lib/server/notebook/written.ts';
import type { Register } from '#lib/server/register/open.ts';
import { peopledRegister, stoppedPlace, today } from '../figures/peopled-register.ts';
import { emptyRegister } from '../register/empty-register.ts';

/** A country with births and one without any: a notebook that comes along has something to say of both. */
let people: Awaited<ReturnType<typeof peopledRegister>>;
let empty: Awaited<ReturnType<typeof emptyRegister>>;
const desks = new Map<Register, Desk>();
const pool = createPdfPool(1);
beforeAll(async () => {
	people = await peopledRegister();
	empty = await emptyRegister('data/mfr');
	for (const { register } of [people, empty]) desks.set(register, openDesk(register));
}, 60_000);
afterAll(async () => {
	await pool.close();
	for (const desk of desks.values()) await desk.close();
	await people.remove();
	await empty.remove();
});

/** What has to be chosen, where there is no default. */
const chosen = (): Record<string, Record<string, string>> => ({
	'unit-feedback': { unit: people.peopled[0] ?? '', period: '2025' },
	'clinic-feedback': { clinic: '4806', period: '2025' },
	'national-summary': { period: '2025' },
	'national-quarter': { period: '2025' },
	'variable-history': { variable: 'APGAR5' },
	'compare-units': { variable: 'APGAR5', period: '2025', least: '10' },
	'system-change': { unit: people.peopled[stoppedPlace] ?? '', day: '2025-06-01' },
	'late-births': { period: '2025' }
});

async function run(register: Register, name: string, locale: Locale) {
	const desk = desks.get(register);
	const shelf = openShelf(join(register.folder, 'notebooks'), 'reports');
	const written = await findWritten(shelf, name);
	if (!desk || !written) throw new Error(`There is no notebook ${name}.`);
	const question = { name, text: written.text, parameters: chosen()[name] ?? {}, locale, today };
	const found = await askNotebook(wholeNation, { register, desk, shelf }, question);
	return { ...found, made: madeOf(written, found, register.definition, locale) };
}

/** Every notebook that comes along; nobody of the sample has a clinic, and the starter has a test of its own. */
const names = readdirSync('reports')
	.flatMap((file) => /^(.+)\.md$/.exec(file)?.[1] ?? [])
	.filter((name) => !['clinic-feedback', 'starter'].includes(name));
const each = names.flatMap((name) => locales.map((locale) => [name, locale] as const));

test('the seven notebooks that are promised come along', () => {
	expect(names).toEqual(
		expect.arrayContaining([
			'unit-feedback',
			'national-quarter',
			'annual-quality-declaration',
			'variable-history',
			'system-change',
			'late-births',
			'compare-units'
		])
	);
});

test.for(each)('%s is a page, a PDF and a workbook without a warning (%s)', async ([name, locale]) => {
	const { model, faults, notices, missing, asOf, made } = await run(people.register, name, locale);
	expect({ faults, notices, missing }).toEqual({ faults: [], notices: [], missing: [] });
	const title = plain(model.title);
	expect(htmlOf(model)).toContain('<table');
	const making = { author: 'Register', day: asOf, made, pool };
	const pdf = await notebookFile(model, 'pdf', making);
	const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
	expect(text.replace(/\s+/g, ' ')).toContain(title.replace(/\s+/g, ' '));
	const { sheets } = await readXlsx(await notebookFile(model, 'xlsx', making));
	expect(sheets.length).toBeGreaterThan(3);
});

test.for(each.filter(([name]) => !['unit-feedback', 'national-summary'].includes(name)))(
	'%s says of a register without births that there are none, and has no fault (%s)',
	async ([name, locale]) => {
		const { model, faults, missing } = await run(empty.register, name, locale);
		expect({ faults, missing }).toEqual({ faults: [], missing: [] });
		expect(htmlOf(model)).not.toMatch(/NaN|undefined|Infinity/);
	}
);
