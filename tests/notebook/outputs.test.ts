import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { parquetMetadata } from 'hyparquet';
import { readXlsx } from 'hucre/xlsx';
import { parseHTML } from 'linkedom';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { readNotebook } from '#lib/notebook/parse.ts';
import { everyBlock, type TableBlock } from '#lib/notebook/model.ts';
import { arrowFileOf } from '#lib/server/export/arrow-file.ts';
import { csvOf } from '#lib/server/export/csv.ts';
import { htmlDocument } from '#lib/server/export/html.ts';
import { madeOf, withMadeOf } from '#lib/server/export/made-of.ts';
import { notebookFile, notebookFileName, type NotebookFormat } from '#lib/server/export/notebook-file.ts';
import { parquetOf } from '#lib/server/export/parquet.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { askNotebook } from '#lib/server/feedback/ask-notebook.ts';
import { openDesk, type Desk, type DeskRun } from '#lib/server/notebook/desk.ts';
import { createNotebook, openShelf, publish, saveDraft, type Shelf } from '#lib/server/notebook/shelf.ts';
import { findWritten, type WrittenNotebook } from '#lib/server/notebook/written.ts';
import { writeNotebook } from '../../scripts/report/notebook.ts';
import { Usage } from '../../scripts/report/usage.ts';
import { handIn } from '../register/empty-register.ts';
import { sampleRegister } from '../export/sample-register.ts';
import { outputsNotebook } from './outputs-notebook.ts';
import { csvRows, paperText, parquetRows } from './read-outputs.ts';

const today = '2026-11-23';
const author = { id: 'a-1', name: 'Prov Person' };
const instant = Date.parse('2026-11-20T08:00:00Z');
const pool = createPdfPool(1);
let sample: Awaited<ReturnType<typeof sampleRegister>>;
let desk: Desk;
let shelf: Shelf;
let name = '';

beforeAll(async () => {
	sample = await sampleRegister();
	desk = openDesk(sample.register, { program: '9.9' });
	shelf = openShelf(join(sample.folder, 'notebooks'), 'reports');
	const file = new TextEncoder().encode(outputsNotebook);
	const made = await createNotebook(shelf, author, { title: 'Prov', from: { file }, note: '' }, instant);
	if (made.kind !== 'created') throw new Error(made.kind);
	({ name } = made);
}, 120_000);
afterAll(async () => {
	await pool.close();
	await desk.close();
	await sample.remove();
});

type Asked = { version?: number | undefined; day?: string; parameters?: Record<string, string> };
type Found = { written: WrittenNotebook; run: DeskRun };

async function ask(locale: Locale, { version, day = today, parameters = {} }: Asked = {}): Promise<Found> {
	const written = await findWritten(shelf, name, { version });
	if (!written) throw new Error(`There is no version ${version} of ${name}.`);
	const { register } = sample;
	const run = await askNotebook(
		wholeNation,
		{ register, desk, shelf },
		{ name, text: written.text, parameters, locale, today: day, every: true }
	);
	expect(run.faults).toEqual([]);
	return { written, run };
}

const made = ({ written, run }: Found) => madeOf(written, run, sample.register.definition, run.model.locale);
const fileOf = (found: Found, format: NotebookFormat) =>
	notebookFile(found.run.model, format, { author: 'R', day: found.run.asOf, made: made(found), pool });

const tableOf = ({ run }: Found): TableBlock => {
	const table = everyBlock(run.model.blocks).find((block) => block.kind === 'table');
	if (!table) throw new Error('no table');
	return table;
};
const answerOf = ({ run }: Found, block: string) => {
	const answer = run.tables.get(block);
	if (!answer) throw new Error(`no table ${block}`);
	return answer;
};
const even = (text: string) => text.replace(/\s+/g, ' ').replaceAll(' %', '%');

describe.for(locales)('one run in %s', (locale) => {
	test('has the same numbers on the page, on paper, in the workbook, in CSV, Parquet and Arrow', async (context) => {
		const found = await ask(locale);
		const table = tableOf(found);
		const { arrow } = answerOf(found, 'by_unit');
		const columns = table.columns.map((column) => column.name);
		const numbers = table.rows.map(({ cells }) => cells.map(({ value }) => value));
		expect(numbers).toHaveLength(6);
		expect(numbers.flat().filter((value) => typeof value === 'number')).toHaveLength(18);

		// as they are
		const fromArrow = tableFromIPC(arrowFileOf(arrow, {}));
		const plainly = (column: string, value: unknown) =>
			column === 'last_month' ? new Date(Number(value)).toISOString().slice(0, 10) : value;
		expect(
			fromArrow
				.toArray()
				.map((row) =>
					columns.map((column) =>
						plainly(column, typeof row[column] === 'bigint' ? Number(row[column]) : row[column])
					)
				)
		).toEqual(numbers);
		expect(await parquetRows(parquetOf(arrow, {}, 'B'), columns)).toEqual(numbers);
		expect(csvRows([...csvOf(arrow, locale)].join(''), columns, locale)).toEqual(numbers);
		const { sheets } = await readXlsx(await fileOf(found, 'xlsx'));
		const sheet = sheets.find((each) => each.name === table.sheet);
		expect(
			sheet?.rows
				.slice(1)
				.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell)))
		).toEqual(numbers);

		// as they are written
		const texts = table.rows.map(({ cells }) => cells.map(({ text }) => text));
		const { document } = parseHTML(htmlDocument(withMadeOf(found.run.model, made(found))));
		const rows = [...document.querySelectorAll('table:has(caption) tbody tr')];
		expect(rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent))).toEqual(
			texts
		);
		const written = even(await paperText(await fileOf(found, 'pdf'), context.skip));
		for (const row of texts) expect(written).toContain(even(row.join(' ')));
	});

	test('is made again to the byte from what its workbook says, though notebook and register have gone on', async () => {
		const found = await ask(locale, { parameters: { least: '15' } });
		const [pdf, xlsx] = [await fileOf(found, 'pdf'), await fileOf(found, 'xlsx')];
		await goOn();
		const last = await ask(locale, { day: '2026-11-27', parameters: { least: '15' } });
		expect(last.written.version).toBeGreaterThan(found.written.version ?? 0);
		expect(last.run.entry).toBeGreaterThan(found.run.entry);
		expect(tableOf(last).rows.map(({ cells }) => cells[1]?.value)).not.toEqual(
			tableOf(found).rows.map(({ cells }) => cells[1]?.value)
		);

		const { sheets } = await readXlsx(xlsx);
		const address = String(sheets.at(-1)?.rows.at(-1)?.[1]);
		const again = await ask(locale, askedBy(address));
		expect(Buffer.compare(await fileOf(again, 'xlsx'), xlsx)).toBe(0);
		expect(Buffer.compare(await fileOf(again, 'pdf'), pdf)).toBe(0);
	});

	test('says in every file what it was made of', async () => {
		const found = await ask(locale);
		const { metadata, told } = made(found);
		expect(metadata).toMatchObject({
			notebook: name,
			version: String(found.written.version),
			fingerprint: found.run.fingerprint,
			as_of: today,
			entry: String(found.run.entry),
			parameters: JSON.stringify({ period: '2026-01..2026-09', least: '0' })
		});
		const { arrow } = answerOf(found, 'by_unit');
		expect(Object.fromEntries(tableFromIPC(arrowFileOf(arrow, metadata)).schema.metadata)).toEqual(metadata);
		const { key_value_metadata: kept } = parquetMetadata(
			new Uint8Array(parquetOf(arrow, metadata, 'B')).buffer
		);
		expect(Object.fromEntries((kept ?? []).map(({ key, value }) => [key, value]))).toEqual(metadata);
		const pdf = await getDocumentProxy(new Uint8Array(await fileOf(found, 'pdf')));
		const { info } = await pdf.getMetadata();
		const keywords = String(Reflect.get(info, 'Keywords'));
		for (const key of ['version', 'fingerprint', 'as_of', 'entry', 'program', 'address'] as const)
			expect(keywords).toContain(`${key}=${metadata[key]}`);
		const html = new TextDecoder().decode(await fileOf(found, 'html'));
		for (const { value } of told) expect(html).toContain(value.replaceAll('"', '&quot;'));
		expect(notebookFileName(found.written, found.run, 'by_unit')).toBe(
			`${name}-by_unit-v${found.written.version}-2026-01--2026-09-0-${today}-e${found.run.entry}`
		);
	});
});

test('the files of a unit’s report are those of its figures, whoever asks for a unit that there is not gets none', async () => {
	const { register } = sample;
	const written = await findWritten(shelf, 'unit-feedback');
	if (!written) throw new Error('no report');
	const askFor = (unit: string) =>
		askNotebook(
			wholeNation,
			{ register, desk, shelf },
			{ name: written.name, text: written.text, parameters: { unit }, locale: 'sv', today }
		);
	const run = await askFor('sodersjukhuset');
	expect([run.faults, run.missing]).toEqual([[], []]);
	expect(run.values).toMatchObject({ period: '2026-01..2026-09', as_of: today });
	const pdf = await fileOf({ written, run }, 'pdf');
	expect(
		even((await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text)
	).toContain('126 födslar');
	const none = await askFor('');
	expect([none.faults, none.missing]).toEqual([[], ['unit']]);
	const unknown = await askFor('atlantis');
	expect(unknown.missing).toEqual(['unit']);
	expect(unknown.faults.map(({ message }) => message).join()).toContain('atlantis');
});

test('a clinic without births is nothing to tell of, and is asked for anew', async () => {
	const { register } = sample;
	const written = await findWritten(shelf, 'clinic-feedback');
	const run = await askNotebook(
		wholeNation,
		{ register, desk, shelf },
		{
			name: 'clinic-feedback',
			text: written?.text ?? '',
			parameters: { clinic: '9999' },
			locale: 'en',
			today
		}
	);
	expect(run.missing).toEqual(['clinic']);
	expect(run.faults.map(({ message }) => message)).toEqual([
		'there is nothing to tell of clinic 9999 in 2026-01..2026-09'
	]);
});

test('the command writes a notebook of the installation into a folder, and says what is missing or wrong', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'outputs-'));
	const written = await findWritten(shelf, name, { version: 1 });
	if (!written) throw new Error('no notebook');
	const write = (text: string, parameters: Record<string, string>) =>
		writeNotebook(
			sample.register,
			shelf,
			{
				written: { ...written, text },
				header: readNotebook(name, text).notebook.header,
				parameters,
				locale: 'en',
				asOf: today,
				format: 'html',
				out: folder
			},
			pool
		);
	try {
		const file = await write(written.text, { least: '15' });
		expect(file).toBe(join(folder, `${name}-v1-2026-01--2026-09-15-${today}.html`));
		expect(readFileSync(file, 'utf8')).toContain('<title>Files tried, Born January–September 2026</title>');
		const asking = written.text.replace(", default: '0'", '');
		await expect(write(asking, {})).rejects.toThrow(new Usage('Say --set least=… (At least).'));
		const wrong = written.text.replace('from by_unit', 'from by_unti');
		await expect(write(wrong, {})).rejects.toThrow(/prov:\d+ .*by_unti.*by_unit/);
		expect(readdirSync(folder)).toHaveLength(1);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

/** A new version of the notebook, and a file of a unit. */
async function goOn(): Promise<void> {
	const written = await findWritten(shelf, name);
	const text = `${written?.text ?? ''}\nMer.\n`;
	const base = written?.version ?? 1;
	const draft = await saveDraft(shelf, author, name, { text, revision: revisions, base }, instant);
	if (draft?.kind !== 'saved') throw new Error(draft?.kind);
	revisions = draft.revision;
	const published = await publish(
		shelf,
		author,
		name,
		{ note: '', revision: revisions, locale: 'sv' },
		instant
	);
	if (published?.kind !== 'published') throw new Error(published?.kind);
	revisions++;
	const unit = sample.register.definition.unitById.get('karlstad');
	if (!unit) throw new Error('no unit');
	const births = Array.from({ length: 20 }, (_, n) => `later-${revisions}-${n};2026-05-${10 + n};1;3500;9;`);
	await handIn(sample.register, ['REF;BFODDAT;KON;BVIKT;APGAR5;HOMF', ...births].join('\n'), {
		unit,
		receivedAt: '2026-11-25',
		fileName: `later-${revisions}.csv`
	});
}
let revisions = 0;

/** What an address asks for. */
function askedBy(address: string): Asked {
	const {
		version,
		'as-of': day = today,
		...parameters
	} = Object.fromEntries(new URL(address, 'http://here').searchParams);
	return { version: Number(version), day, parameters };
}
