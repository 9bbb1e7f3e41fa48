/**
 * Measures Bortfall against its goals and prints tables: npm run build && npm run bench
 *
 *     node scripts/bench.ts [--data DIR] [--only national,monthly,flags,desk,pages,pdfs] [--today YYYY-MM-DD]
 *
 * The registers of one and of ten years are made in DIR the first time (some minutes) and kept for the next.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, rm } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { deskLines } from './bench/desk.ts';
import { nationalYear, registerOf } from './bench/files.ts';
import { flagLines } from './bench/flags.ts';
import { monthlyFileLines } from './bench/monthly-file.ts';
import { nationalYearLines } from './bench/national-year.ts';
import { memoryLine, pageLines, serve } from './bench/pages.ts';
import { pdfLines } from './bench/pdfs.ts';
import { handInOnPage } from './bench/submission.ts';
import { tableOf, type Line } from './bench/table.ts';

const { values: o } = parseArgs({
	options: {
		data: { type: 'string', default: 'var-bench' },
		only: { type: 'string', default: 'national,monthly,flags,desk,pages,pdfs' },
		today: { type: 'string', default: '2026-03-31' }
	}
});
const only = new Set(o.only.split(','));
const say = (text: string) => console.error(text);
const definitionFolder = 'data/mfr';
const definition = await loadDefinition(definitionFolder);
await mkdir(o.data, { recursive: true });

const kept = (years: 1 | 10) => join(o.data, `register-${years}`);

/** The register of so many years, made the first time. */
async function made(years: 1 | 10) {
	const folder = kept(years);
	if (existsSync(join(folder, 'whole'))) return folder;
	await rm(folder, { recursive: true, force: true });
	const register = await registerOf(definition, folder, years, o.today, say);
	register.db.close();
	await mkdir(join(folder, 'whole'));
	return folder;
}

/** A copy that may be changed, so that the kept one stays as it is. */
async function copied(years: 1 | 10, name: string) {
	const folder = join(o.data, `${name}-${years}`);
	await rm(folder, { recursive: true, force: true });
	await cp(await made(years), folder, { recursive: true, filter: (path) => !/originals./.test(path) });
	return folder;
}

const tables: string[] = [];
const add = (title: string, lines: Line[]) => {
	const table = tableOf(title, lines);
	tables.push(table);
	say(table);
};

if (only.has('national')) {
	const folder = join(o.data, 'national');
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	add('A national year', await nationalYearLines(definition, folder));
	await rm(folder, { recursive: true });
}
if (only.has('monthly')) {
	const folders = [await copied(1, 'monthly'), await copied(10, 'monthly')] as const;
	const one = await openRegister(folders[0], definition);
	const ten = await openRegister(folders[1], definition);
	add('A monthly file', await monthlyFileLines(one, ten, o.data, o.today));
	one.db.close();
	ten.db.close();
}
if (only.has('flags')) {
	const register = await openRegister(await copied(10, 'flags'), definition);
	add('Flags', await flagLines(register, o.data, o.today));
	register.db.close();
}
if (only.has('desk')) {
	const register = await openRegister(await made(10), definition);
	add('Notebooks', await deskLines(register, o.today));
	register.db.close();
}
if (only.has('pages')) {
	const view = `period=${Number(o.today.slice(0, 4)) - 1}&as-of=${o.today}`;
	const paths = {
		'the country': `/?${view}`,
		'a large unit': `/units/sodersjukhuset?${view}`,
		'a small unit': `/units/lycksele?${view}`,
		'a variable': `/variables/APGAR5?unit=sodersjukhuset&${view}`
	};
	const judged = new Set(['the country', 'a large unit', 'a small unit']);
	const lines: Line[] = [];
	const one = await serve(await copied(1, 'pages'), definitionFolder);
	lines.push(...(await pageLines(one, paths, 1, judged)));
	await one.stop();
	const ten = await serve(await copied(10, 'pages'), definitionFolder);
	lines.push(...(await pageLines(ten, paths, 10, judged)));
	const csv = join(o.data, 'national.csv');
	await nationalYear(definition, 2025, 115_000, csv);
	await handInOnPage(ten, csv, 'sodersjukhuset');
	for (const unit of ['sodersjukhuset', 'solna', 'lycksele', 'malmo']) {
		const pdf = await ten.ask(`/reports/unit-feedback/${unit}.pdf`);
		if (pdf.status !== 200) throw new Error(`The report of ${unit} was answered with ${pdf.status}.`);
		await pdf.arrayBuffer();
	}
	lines.push(await memoryLine(ten));
	await ten.stop();
	add('Pages', lines);
}
if (only.has('pdfs')) {
	const register = await openRegister(await made(10), definition);
	add('Reports', await pdfLines(register, o.today));
	register.db.close();
}

const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
console.log([`Measured on ${machine}.`, '', ...tables].join('\n'));
