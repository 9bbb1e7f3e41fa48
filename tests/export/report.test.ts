import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { plain } from '#lib/notebook/inline.ts';
import { everyBlock, type Block, type Model } from '#lib/notebook/model.ts';
import { htmlDocument, htmlOf } from '#lib/server/export/html.ts';
import { createPdfPool, PdfError } from '#lib/server/export/pdf-pool.ts';
import { paperDocument } from '#lib/server/export/typst.ts';
import { workbook } from '#lib/server/export/workbook.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { sampleRegister, sampleReport, sampleView } from './sample-register.ts';

const pool = createPdfPool(1);
const day = sampleView.asOf;
let sample: Awaited<ReturnType<typeof sampleRegister>>;
const models = new Map<Locale, Model>();
const model = (locale: Locale) => {
	const found = models.get(locale);
	if (!found) throw new Error(`No report in ${locale}`);
	return found;
};
const pdfOf = (locale: Locale) =>
	pool.pdf(`prov ${locale}`, paperDocument(model(locale), { day, author: 'Registret' }), day);

beforeAll(async () => {
	sample = await sampleRegister();
	for (const locale of locales) models.set(locale, await sampleReport(sample.register, locale));
}, 120_000);
afterAll(async () => {
	await pool.close();
	await closeDesk();
	await sample.remove();
});

type TableBlock = Extract<Block, { kind: 'table' }>;
const tables = (each: Model) =>
	everyBlock(each.blocks).filter(
		(block): block is TableBlock => block.kind === 'table' && block.rows.length > 0
	);
/** Spaces of every width as one, and none before a percent sign: that is how the text of a PDF is read back. */
const even = (text: string) => text.replace(/\s+/g, ' ').replaceAll(' %', '%');

describe.for(locales)('the feedback report in %s', (locale) => {
	test('is complete: sentences, tables, charts, and no fault', () => {
		expect(model(locale).faults).toEqual([]);
		const kinds = everyBlock(model(locale).blocks).map(({ kind }) => kind);
		expect(kinds.filter((kind) => kind === 'chart')).toHaveLength(2);
		expect(kinds.filter((kind) => kind === 'table').length).toBeGreaterThanOrEqual(7);
	});

	test('says what falls out, and since when', () => {
		const lead = everyBlock(model(locale).blocks).find((block) => block.kind === 'paragraph');
		const text = lead?.kind === 'paragraph' ? plain(lead.text) : '';
		expect(text).toContain(
			locale === 'sv'
				? 'Apgar vid 5 minuter saknas för nästan alla barn sedan 1 april; dessförinnan saknades'
				: 'Apgar at 5 minutes has been missing for nearly all children since 1 April; before that'
		);
		expect(text).toMatch(locale === 'sv' ? /^126 födslar/ : /^126 births/);
	});

	test('has the same numbers as a page', () => {
		const { document } = parseHTML(`<body>${htmlOf(model(locale))}</body>`);
		const found = [...document.querySelectorAll('table:has(caption)')].map((table) =>
			[...table.querySelectorAll('tbody tr')].map((row) =>
				[...row.querySelectorAll('th, td')].map((cell) => {
					for (const hidden of cell.querySelectorAll('.visually-hidden')) hidden.remove();
					return cell.textContent;
				})
			)
		);
		expect(found).toEqual(
			tables(model(locale)).map(({ rows }) => rows.map(({ cells }) => cells.map(({ text }) => text)))
		);
	});

	test('has the same numbers as a workbook, which has them whole', async () => {
		const { sheets } = await readXlsx(await workbook(model(locale), [{ label: 'A', value: '=1+1' }]));
		for (const table of tables(model(locale))) {
			const sheet = sheets.find(({ name }) => name === table.sheet);
			expect(sheet?.rows.length, table.sheet).toBe(table.rows.length + 1);
			table.rows.forEach(({ cells }, at) => {
				const numbers = cells.flatMap(({ value }) => (Array.isArray(value) ? value : [value]));
				const told = numbers.filter((value) => typeof value === 'number');
				expect(sheet?.rows[at + 1]?.filter((value) => typeof value === 'number')).toEqual(told);
			});
		}
		expect(sheets.at(-1)?.rows.at(-1)).toEqual(['A', "'=1+1"]);
	});

	test('has the same numbers on paper', async (context) => {
		if (spawnSync('pdftotext', ['-v']).error) return context.skip();
		const folder = mkdtempSync(join(tmpdir(), 'report-'));
		try {
			const file = join(folder, 'report.pdf');
			writeFileSync(file, await pdfOf(locale));
			const text = even(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }));
			for (const { rows, sheet } of tables(model(locale)))
				for (const { cells } of rows) {
					const numbers = cells.filter(
						({ value, text: written }) => typeof value === 'number' && written !== ''
					);
					const row = numbers.map(({ text: written }) => even(written)).join(' ');
					expect(text, `${sheet}: ${row}`).toContain(row);
				}
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

test('equal figures give equal bytes, whatever has been set before', async () => {
	const first = await pdfOf('sv');
	await pdfOf('en');
	expect(Buffer.compare(await pdfOf('sv'), first)).toBe(0);
	expect(Buffer.compare(await pdfOf('en'), first)).not.toBe(0);
});

test('the PDF is tagged, says its language and title, and keeps PDF/UA-1', async () => {
	const text = Buffer.from(await pdfOf('sv')).toString('latin1');
	expect(text).toMatch(/\/Marked true/);
	expect(text).toMatch(/\/Lang ?\(sv/);
	expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
	expect(text).toContain('Södersjukhuset'.replace('ö', Buffer.from('ö').toString('latin1')));
});

test('a document that cannot be set fails by its name, and the next one is made', async () => {
	const broken = {
		...paperDocument(model('sv'), { day, author: 'R' }),
		blocks: [{ kind: 'chart', svg: 'no', alt: '' }]
	};
	await expect(pool.pdf('the broken one', broken, day)).rejects.toThrow(PdfError);
	await expect(pool.pdf('the broken one', broken, day)).rejects.toThrow('the broken one');
	expect((await pdfOf('sv')).length).toBeGreaterThan(10_000);
});

test('a pool that is closed makes no more', async () => {
	const closed = createPdfPool(1);
	const cut = closed.pdf('cut off', paperDocument(model('sv'), { day, author: 'R' }), day);
	await Promise.all([expect(cut).rejects.toThrow('cut off'), closed.close()]);
	await expect(closed.pdf('too late', {}, day)).rejects.toThrow('too late');
});

test('the file of a page needs nothing else and lets no text be more than text', () => {
	const [first, ...rest] = model('sv').title;
	const sly = {
		...model('sv'),
		title: [{ kind: 'text' as const, text: '<script>"&' }, ...(first ? [first] : []), ...rest]
	};
	const html = htmlDocument(sly);
	expect(html).not.toMatch(/<script|<link|src=|url\((?!data:font\/woff2;)/);
	expect(html).toContain('&lt;script&gt;&quot;&amp;');
});

test('a unit that is closed, paused or has sent nothing gets a report that says so', async () => {
	for (const unit of ['norrkoping', 'solleftea', 'lycksele']) {
		const { faults, blocks } = await sampleReport(sample.register, 'sv', unit);
		expect(faults).toEqual([]);
		expect(everyBlock(blocks).some(({ kind }) => kind === 'chart')).toBe(false);
	}
});

test('a period of which nothing is due yet is not judged', async () => {
	const view = { ...sampleView, period: { from: '2026-11', to: '2026-11' } };
	expect((await sampleReport(sample.register, 'sv', 'sodersjukhuset', view)).faults).toEqual([]);
});
