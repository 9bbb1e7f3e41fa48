import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { paperDocument } from '#lib/server/export/typst.ts';
import { htmlOf } from '#lib/server/export/html.ts';
import { workbook } from '#lib/server/export/workbook.ts';
import { unitTables, nationOf } from '#lib/server/feedback/unit-tables.ts';
import { findNotebook } from '#lib/server/notebook/find.ts';
import { runReport } from '#lib/server/notebook/run.ts';
import { openRegister } from '#lib/server/register/open.ts';
const definition = await loadDefinition('data/mfr');
const register = await openRegister(process.argv[2]!, definition);
const nb = await findNotebook('reports', 'unit-feedback');
const view = { period: { from: '2026-01', to: '2026-09' }, asOf: '2026-11-23', years: 3, basis: 'sameDay' } as const;
let t = performance.now(); const lap = (n: string) => { const now = performance.now(); (sum[n] ??= []).push(now - t); t = now; }; const sum: Record<string, number[]> = {};
const nation = await nationOf(register, view); lap('nation');
const pool = createPdfPool(2);
const units = definition.units.slice(0, 12).map((u) => u.id);
for (const unit of units) {
	t = performance.now();
	const tables = (await unitTables(wholeNation, register, { unit, view, locale: 'sv', nation }))!; lap('figures');
	const model = await runReport(nb, { tables, locale: 'sv', parameters: { unit, period: '2026-01..2026-09', as_of: view.asOf } }); lap('run');
	const paper = paperDocument(model, { day: view.asOf, author: 'x' }); lap('paper');
	const json = JSON.stringify(paper); lap('json');
	await pool.pdf(unit, paper, view.asOf); lap('pdf');
	htmlOf(model); lap('html');
	await workbook(model, []); lap('xlsx');
}
for (const [n, a] of Object.entries(sum)) console.log(n, 'first', a[0]!.toFixed(0), 'median', a.toSorted((x, y) => x - y)[a.length >> 1]!.toFixed(1));
const make = async (unit: string) => { const tables = (await unitTables(wholeNation, register, { unit, view, locale: 'sv', nation }))!; const model = await runReport(nb, { tables, locale: 'sv', parameters: { unit, period: '2026-01..2026-09', as_of: view.asOf } }); return pool.pdf(unit, paperDocument(model, { day: view.asOf, author: 'x' }), view.asOf); };
for (const lines of [1, 2, 4]) { const list = [...units, ...units, ...units, ...units]; const n = list.length; t = performance.now(); await Promise.all(Array.from({ length: lines }, async () => { for (let u = list.shift(); u; u = list.shift()) await make(u); })); console.log('lines', lines, (n / ((performance.now() - t) / 1000)).toFixed(1), 'PDF/s'); }
process.exit();
