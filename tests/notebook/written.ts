import type { Table, Tables } from '#lib/notebook/table.ts';

/** A notebook with the given body, under a header that asks for nothing. */
export const written = (body: string, header = '') => `---
title: { sv: Prov, en: Test }
audience: statistician
source: register
${header}---
${body}`;

/** The line of the file on which the body of `written` begins. */
export const bodyLine = 6;

/** Three months of births, as a figure's table. */
export const births: Table = {
	columns: { month: 'day', births: 'integer', share: 'number', trend: 'numbers' },
	rows: [
		{ month: '2026-01-01', births: 1200, share: 0.942, trend: [0.9, null, 0.942] },
		{ month: '2026-02-01', births: 1100, share: 1, trend: [1, 1, 1] },
		{ month: '2026-03-01', births: 0, share: null, trend: [] }
	]
};

/** A unit, as a table of one row. */
export const unit: Table = {
	columns: { name: 'text', small: 'boolean', births: 'integer' },
	rows: [{ name: 'BB *Prov* <1>', small: false, births: 2300 }]
};

/** Tables as a notebook that is run has them. */
export const sampleTables = (tables: Record<string, Table>): Tables =>
	new Map(
		Object.entries(tables).map(([name, { columns, rows }]) => [name, { columns: Object.keys(columns), rows }])
	);
