import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { parseHTML } from 'linkedom';
import { afterAll, describe, expect, test } from 'vitest';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { parseNotebook } from '#lib/notebook/parse.ts';
import { renderNotebook, type Rendering } from '#lib/notebook/render.ts';
import { barOf, shadeOf } from '#lib/server/export/amount.ts';
import { htmlDocument, htmlOf } from '#lib/server/export/html.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { paperDocument } from '#lib/server/export/typst.ts';
import { workbook } from '#lib/server/export/workbook.ts';
import { births, sampleTables, unit, written } from '../notebook/written.ts';

const day = '2026-11-23';
const pool = createPdfPool(1);
afterAll(() => pool.close());

const tables = new Map([
	...sampleTables({ births, unit }),
	['register', { columns: ['as_of'], rows: [{ as_of: day }] }],
	['summary', { columns: ['share', 'n'], rows: [{ share: 0.942, n: 12 }] }]
]);
const values = { unit: 'gavle', period: '2025', from: day, least: '10', late: 'false', basis: 'ended' };
const choices = {
	unit: [
		{ value: 'gavle', label: 'Gävle & <Sandviken>', group: 'Gävleborg' },
		{ value: 'danderyd', label: 'Danderyd', group: 'Stockholm' }
	]
};
const notebook = parseNotebook('everything', readFileSync('tests/notebook/everything.md', 'utf8'));
const model = (locale: Locale, more: Rendering = {}) =>
	renderNotebook(notebook, tables, locale, { arguments: values, choices, ...more });
const page = (locale: Locale, query: string, more: Rendering = { pages: {} }) =>
	parseHTML(`<body>${htmlOf(model(locale, more), { query })}</body>`).document;

describe.for(locales)('a notebook of every block, in %s', (locale) => {
	test('has no fault', () => expect(model(locale).faults).toEqual([]));

	test('is a page without style or script of its own, in which every block says its line', () => {
		const document = page(locale, '');
		expect(document.querySelector('[style], script, style')).toBe(null);
		const lines = readFileSync('tests/notebook/everything.md', 'utf8').split('\n');
		const heading = [...document.querySelectorAll('h2')].find((h2) =>
			h2.textContent?.startsWith('Tabell i texten')
		);
		expect(lines[Number(heading?.getAttribute('data-line')) - 1]).toBe('## Tabell i texten');
		const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('is a tagged PDF that keeps PDF/UA-1, with its notes and totals', async (context) => {
		const pdf = await pool.pdf('everything', paperDocument(model(locale), { day, author: 'R' }), day);
		expect(Buffer.from(pdf).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
		if (spawnSync('pdftotext', ['-v']).error) return context.skip();
		const folder = mkdtempSync(join(tmpdir(), 'blocks-'));
		try {
			writeFileSync(join(folder, 'a.pdf'), pdf);
			const text = execFileSync('pdftotext', ['-layout', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
			const even = text.replace(/\s+/g, ' ');
			expect(even).toContain(locale === 'sv' ? 'Enhet: Gävle & <Sandviken> · Period: 2025' : 'Unit: Gävle');
			expect(even).toContain(locale === 'sv' ? 'Året 2 300 97,1 %' : 'The year 2,300 97.1%');
			expect(even).toContain('Tvillingar räknas som två');
			expect(even).toContain('Programkod som den är.');
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});

describe('fields', () => {
	test('have what was chosen, in the groups of what there is, and ask for the same page', () => {
		const form = page('sv', 'unit=gavle&version=3&page-births=2&least=5').querySelector('form.inputs');
		expect(form?.getAttribute('method')).toBe('get');
		expect(form?.querySelector('optgroup[label="Gävleborg"] option[selected]')?.textContent).toBe(
			'Gävle & <Sandviken>'
		);
		expect(form?.querySelector('option')?.textContent).toBe('Alla enheter');
		for (const field of form?.querySelectorAll('select, input:not([type=hidden])') ?? [])
			expect(form?.querySelector(`label[for="${field.id}"]`), field.id).not.toBe(null);
	});

	test('keep what the address says besides, but not the pages of tables', () => {
		const form = page('sv', 'unit=gavle&version=3&page-births=2&least=5').querySelector('form.inputs');
		const hidden = [...(form?.querySelectorAll('input[type=hidden]') ?? [])].map((input) => [
			input.getAttribute('name'),
			input.getAttribute('value')
		]);
		expect(hidden).toEqual([
			['version', '3'],
			['least', '5']
		]);
	});

	test('that have to be filled in say so', () => {
		const document = page('sv', '', { missing: ['unit'], pages: {} });
		const field = document.querySelector('[name=unit]');
		expect(field?.getAttribute('aria-invalid')).toBe('true');
		const hint = document.getElementById(field?.getAttribute('aria-describedby') ?? '');
		expect(hint?.textContent).toBe('Behöver väljas innan siffrorna kan visas.');
	});
});

test('a long table leads to its other pages, and keeps what was chosen', () => {
	const links = (asked: number) => {
		const document = page('sv', `unit=gavle&page-births=${asked}`, { pages: { births: asked } });
		const pager = document.querySelector('.pager');
		expect(
			document.getElementById((pager?.querySelector('a')?.getAttribute('href') ?? '').split('#')[1] ?? '')
		).not.toBe(null);
		return [
			pager?.querySelector('span')?.textContent,
			...[...(pager?.querySelectorAll('a') ?? [])].map((a) => a.getAttribute('href')?.split('#')[0])
		];
	};
	expect(links(1)).toEqual(['Rad 1–2 av 3', '?unit=gavle&page-births=2']);
	expect(links(2)).toEqual(['Rad 3–3 av 3', '?unit=gavle']);
});

test('bars and heat are drawn, and their numbers stand under each other with the total', () => {
	const table = page('sv', '').querySelector('table:has(tfoot)');
	expect(table?.querySelectorAll('tbody .barred svg path').length).toBe(2);
	expect([...(table?.querySelectorAll('tbody td.heat') ?? [])].map((td) => td.className)).toEqual([
		'number heat heat-2',
		'number heat heat-1'
	]);
	expect([...(table?.querySelectorAll('tfoot td') ?? [])].map((td) => td.textContent)).toEqual([
		'2\u202f300',
		'97,1\u00a0%',
		''
	]);
});

test('a number has a shade and a bar within its ends, whichever is the greater', () => {
	expect([0, 0.19, 0.2, 0.5, 1, 2].map((value) => shadeOf(value, [0, 1]))).toEqual([1, 1, 2, 3, 5, 5]);
	expect([1, 0.95, 0.8, 0].map((value) => shadeOf(value, [1, 0.8]))).toEqual([1, 2, 5, 5]);
	expect(barOf(5, [0, 10])).toEqual([0, 0.5]);
	expect(barOf(-5, [-10, 10])).toEqual([0.25, 0.5]);
	expect(barOf(5, [2, 12])).toEqual([0, 0.3]);
	expect(barOf(3, [0, 0])).toEqual([0, 0]);
});

test('notes lead to their texts and back', () => {
	const document = page('sv', '');
	const mentions = [...document.querySelectorAll('sup a')].map((a) => a.getAttribute('href'));
	expect(mentions).toEqual(['#note-1', '#note-2', '#note-1', '#note-2']);
	for (const a of document.querySelectorAll('.footnotes a'))
		expect(document.getElementById(a.getAttribute('href')?.slice(1) ?? ''), a.outerHTML).not.toBe(null);
});

test('a file has its face in it, what was chosen as a line, and nothing to ask', () => {
	const html = htmlDocument(model('sv'));
	expect(html).not.toMatch(/<script|<form|data-line|<link|url\((?!data:font\/woff2;)/);
	expect(html.match(/@font-face/g)).toHaveLength(3);
	expect(html).toContain('Enhet: Gävle &amp; &lt;Sandviken&gt; · Period: 2025 · Även sena: nej');
});

describe('more rows than paper is for', () => {
	const many = {
		columns: births.columns,
		rows: Array.from({ length: 620 }, (_, n) => ({ ...births.rows[0], births: n }))
	};
	const long = renderNotebook(
		parseNotebook(
			'long',
			written(
				'```table\nfrom: many\ntitle: { sv: Alla, en: All }\ncolumns:\n  - { column: births, label: N, format: count, total: sum }\n```'
			)
		),
		sampleTables({ many }),
		'sv'
	);

	test('are left to the workbook, which has all of them and the total', async () => {
		const { sheets } = await readXlsx(await workbook(long, []));
		expect(sheets[0]?.rows).toHaveLength(1 + 620 + 1);
		expect(sheets[0]?.rows.at(-1)).toEqual([(619 * 620) / 2]);
	});

	test('are said to be there', () => {
		const paper = JSON.stringify(paperDocument(long, { day, author: 'R' }));
		expect(paper).toContain('Här står de första 500 av 620 rader.');
		expect(paper).not.toContain('"502"');
	});
});

test('a hundred tables of the same name are a hundred sheets with names that a workbook takes', async () => {
	const rows = Array.from({ length: 120 }, () => births.rows[0] ?? {});
	const loop = written(
		'::: each many\n```table\nfrom: unit\ntitle: En tabell med ett namn som är för långt för ett ark\ncolumns:\n  - { column: name, label: A }\n```\n:::'
	);
	const many = renderNotebook(
		parseNotebook('loop', loop),
		sampleTables({ many: { columns: births.columns, rows }, unit }),
		'sv'
	);
	const names = (await readXlsx(await workbook(many, []))).sheets.map(({ name }) => name);
	expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(122);
	for (const name of names) expect(name.length).toBeLessThanOrEqual(31);
});

test('what is written on heat can be read, in light and dark: contrast of at least 4.5', () => {
	const css = readFileSync('src/app.css', 'utf8');
	const [light = '', dark = ''] = css.split('prefers-color-scheme: dark');
	const token = (part: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(part)?.[1] ?? '';
	const pairs = [
		...['heat-1', 'heat-2', 'heat-3', 'heat-4'].map((heat) => [light, heat, 'ink'] as const),
		[light, 'heat-6', 'ground'] as const,
		...['heat-1', 'heat-2', 'heat-3'].map((heat) => [dark, heat, 'ink'] as const),
		...['heat-5', 'heat-6'].map((heat) => [dark, heat, 'ground'] as const)
	];
	for (const [part, heat, on] of pairs)
		expect(contrast(token(part, heat), token(part, on)), `${heat} ${on}`).toBeGreaterThanOrEqual(4.5);
});

/** Contrast of two colours as WCAG 2 counts it. */
function contrast(one: string, other: string): number {
	const luminance = (colour: string) => {
		const [r = 0, g = 0, b = 0] = [1, 3, 5]
			.map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
			.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
	return (high + 0.05) / (low + 0.05);
}
