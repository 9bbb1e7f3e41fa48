import type { ChartTable } from '#lib/charts/chart.ts';
import { m } from '#lib/paraglide/messages.js';
import { formats } from '#lib/notebook/formats.ts';
import { plain } from '#lib/notebook/inline.ts';
import {
	everyBlock,
	type ChartBlock,
	type Model,
	type ShownCell,
	type ShownColumn,
	type TableBlock
} from '#lib/notebook/model.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Day } from '#lib/period/day.ts';
import {
	guarded,
	sheetOf,
	textSheet,
	writeWorkbook,
	type CellValue,
	type Sheet,
	type SheetColumn
} from '#lib/server/workbook/write.ts';
import { drawnNumbers } from './draw-chart.ts';

/** What a report was made of, so that it can be made again: pairs of a label and what it is. */
export type Provenance = readonly { label: string; value: string }[];

/**
 * A run notebook as an Excel workbook: a sheet for every table and every chart's numbers in the order of the
 * report, one of definitions, one of provenance. Numbers and days are what they are; no text can be a formula. One
 * that is dated has equal bytes for equal reports.
 */
export function workbook(model: Model, provenance: Provenance, day?: Day): Promise<Uint8Array> {
	const { locale } = model;
	const told = everyBlock(model.blocks).flatMap((block): Sheet[] => {
		if (block.kind === 'table') return block.rows.length ? [tableSheet(block, locale)] : [];
		return block.kind === 'chart' ? [chartSheet(block, locale)] : [];
	});
	const sheets = [
		...told,
		textSheet(
			m.report_sheet_definitions({}, { locale }),
			[m.report_definition_term({}, { locale }), m.report_definition_meaning({}, { locale })],
			definitions(model)
		),
		textSheet(
			m.report_sheet_provenance({}, { locale }),
			[m.report_provenance_what({}, { locale }), m.report_provenance_is({}, { locale })],
			provenance.map(({ label, value }): [string, string] => [label, value])
		)
	];
	const title = [plain(model.title), model.subtitle && plain(model.subtitle)].filter(Boolean).join(', ');
	return writeWorkbook(sheets, title, day);
}

/** A column of numbers becomes as many columns of the sheet as it holds. */
function spread({ as, label }: ShownColumn, rows: TableBlock['rows'], at: number, locale: Locale): string[] {
	const name = plain(label);
	if (as === 'strip')
		return [
			m.report_among_least,
			m.report_among_lower,
			m.report_among_middle,
			m.report_among_upper,
			m.report_among_greatest
		].map((word) => `${name}: ${word({}, { locale })}`);
	const length = Math.max(
		0,
		...rows.map(({ cells }) => (Array.isArray(cells[at]?.value) ? cells[at].value.length : 0))
	);
	return Array.from({ length }, (_, index) => `${name} ${index + 1}`);
}

/** Whether a column holds lists of numbers, which are drawn on page and paper. */
const isDrawn = ({ as }: ShownColumn) => as === 'sparkline' || as === 'strip';

function tableSheet({ sheet, columns, rows, totals }: TableBlock, locale: Locale): Sheet {
	const wide = columns.map((column, at) => (isDrawn(column) ? spread(column, rows, at, locale) : undefined));
	const heads = columns.flatMap((column, at): SheetColumn[] => {
		const names = wide[at] ?? [plain(column.label)];
		const numFmt = isDrawn(column) && column.format === 'text' ? '0.0%' : sheetFormat(column);
		return names.map((header) => ({ header: guarded(header), autoWidth: true, ...(numFmt && { numFmt }) }));
	});
	const valuesOf = (cells: readonly ShownCell[]) =>
		cells.flatMap(({ value, text }, at): CellValue[] => {
			const names = wide[at];
			if (names) return names.map((_, index) => (Array.isArray(value) ? (value[index] ?? null) : null));
			if (value === null || typeof value === 'number' || typeof value === 'boolean') return [value];
			const isDay = columns[at]?.format === 'day' && typeof value === 'string' && value !== text;
			return [isDay ? new Date(`${value}T00:00:00Z`) : guarded(text)];
		});
	const made = sheetOf(sheet, heads, [
		...rows.map(({ cells }) => valuesOf(cells)),
		...(totals ? [valuesOf(totals)] : [])
	]);
	if (totals) heads.forEach((_, at) => made.cells?.set(`${rows.length + 1},${at}`, { style: totalStyle }));
	return made;
}

/** The last row of a table that has totals is set off from those that it counts. */
const totalStyle = { font: { bold: true }, border: { top: { style: 'thin' } } } as const;

const sheetFormat = ({ format }: ShownColumn) => (format === 'day' ? 'yyyy-mm-dd' : formats[format]?.sheet);

function chartSheet(block: ChartBlock, locale: Locale): Sheet {
	const { columns, rows }: ChartTable = drawnNumbers(block, locale);
	return sheetOf(
		block.sheet,
		columns.map(({ label }) => ({ header: guarded(label), autoWidth: true })),
		rows.map((cells) => cells.map(({ value }) => (typeof value === 'string' ? guarded(value) : value)))
	);
}

/** The notebook's words, and what its columns mean. */
function definitions(model: Model): [string, string][] {
	const columns = everyBlock(model.blocks).flatMap((block) =>
		block.kind === 'table' && block.rows.length
			? block.columns.flatMap(({ label, definition }): [string, string][] =>
					definition ? [[`${block.sheet}: ${plain(label)}`, plain(definition)]] : []
				)
			: []
	);
	return [...model.definitions.map(({ term, meaning }): [string, string] => [term, meaning]), ...columns];
}
