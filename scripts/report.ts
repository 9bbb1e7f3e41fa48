/**
 * A report about one unit or antenatal clinic, about all of them, or about the nation, as files; and any notebook:
 * npm run report -- unit-feedback --unit U --period 2026-01..2026-09 --out FILE|DIR
 * npm run report -- national-quarter --set period=2026-Q3 --out FILE|DIR
 */
import { existsSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { wholeNation } from '#lib/access/scope.ts';
import { findUnit, type Definition } from '#lib/catalogue/catalogue.ts';
import { isActive } from '#lib/catalogue/unit.ts';
import { locales, type Locale } from '#lib/catalogue/text.ts';
import { NotebookError } from '#lib/notebook/fault.ts';
import type { Model } from '#lib/notebook/model.ts';
import { readNotebook } from '#lib/notebook/parse.ts';
import { firstDay, isDay, lastDay } from '#lib/period/day.ts';
import { parsePeriod, type Period } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { createPdfPool, type PdfPool } from '#lib/server/export/pdf-pool.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import { clinicReport } from '#lib/server/feedback/clinic-report.ts';
import { clinicTables } from '#lib/server/feedback/clinic-tables.ts';
import { provenanceOf, type ReportQuestion } from '#lib/server/feedback/provenance.ts';
import { formats, reportFile } from '#lib/server/feedback/report-file.ts';
import { nationReport } from '#lib/server/feedback/nation-report.ts';
import { nationTables } from '#lib/server/feedback/nation-tables.ts';
import { reportFileName, unitReport } from '#lib/server/feedback/unit-report.ts';
import { remembering } from '#lib/server/feedback/remembering.ts';
import { clinicList } from '#lib/server/figures/clinics.ts';
import { findNotebook, NoSuchNotebook, type FoundNotebook } from '#lib/server/notebook/find.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { openShelf } from '#lib/server/notebook/shelf.ts';
import { findWritten } from '#lib/server/notebook/written.ts';
import { isPlain, openRegister, type Register } from '#lib/server/register/open.ts';
import { writeNotebook } from './report/notebook.ts';
import { chosen, settings, Usage } from './report/usage.ts';

const usage = `npm run report -- unit-feedback --period 2026-01..2026-09 --unit UNIT --out FILE|DIR
	[--all] instead of --unit: every unit that was active in the period, into a folder
	clinic-feedback has --clinic NUMBER or --all, national-summary neither
	any notebook, also one of the installation: NAME --set PARAMETER=VALUE … [--version N] --out FILE|DIR
	[--as-of YYYY-MM-DD] [--language sv|en] [--format pdf|xlsx|html] [--years 3|5] [--contact TEXT]
	[--data DIR] [--register DIR]`;

function options() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: {
				data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
				register: { type: 'string', default: process.env.BORTFALL_REGISTER ?? 'data/mfr' },
				unit: { type: 'string' },
				clinic: { type: 'string' },
				all: { type: 'boolean', default: false },
				period: { type: 'string' },
				'as-of': { type: 'string' },
				years: { type: 'string', default: '3' },
				language: { type: 'string', default: 'sv' },
				format: { type: 'string', default: 'pdf' },
				contact: { type: 'string', default: '' },
				set: { type: 'string', multiple: true, default: [] },
				version: { type: 'string' },
				out: { type: 'string' }
			}
		});
	} catch (error) {
		throw new Usage(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
	}
}

const today = () =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short' }).format(new Date());

const periodUsage = (written: string) =>
	`--period is 2026, 2026-Q2, 2026-03 or 2026-01..2026-09, not “${written}”.`;

async function main() {
	const { values: o, positionals } = options();
	const [name, ...more] = positionals;
	if (name === undefined || more.length) throw new Usage(usage);
	const set = settings(o.set);
	const format = chosen('format', o.format, formats);
	const locale = chosen('language', o.language, locales);
	const years = chosen('years', o.years, ['3', '5']) === '5' ? 5 : 3;
	const period = o.period === undefined ? undefined : parsePeriod(o.period);
	if (o.period !== undefined && !period) throw new Usage(periodUsage(o.period));
	const asOf = o['as-of'] ?? today();
	if (!isDay(asOf)) throw new Usage(`--as-of is a day such as 2026-11-23, not “${asOf}”.`);
	if (o.out === undefined) throw new Usage('Say with --out which file or folder to write.');
	const shelf = openShelf(join(o.data, 'notebooks'), join(projectRoot(), 'reports'));
	if (o.version !== undefined && !/^[1-9]\d*$/.test(o.version))
		throw new Usage(`--version is a number from 1, not “${o.version}”.`);
	const version = o.version === undefined ? undefined : Number(o.version);
	const written = await findWritten(shelf, name, { version });
	if (!written)
		throw new NoSuchNotebook(
			version === undefined ? `There is no notebook ${name}.` : `There is no version ${version} of ${name}.`
		);
	const { header } = readNotebook(name, written.text).notebook;
	const byDesk = written.of === 'installation' || header.source === 'register' || o.set.length > 0;
	if (!period && !byDesk) throw new Usage(periodUsage(''));
	if (byDesk && o.all)
		throw new Usage('--all is for the reports of units and clinics, asked for without --set.');
	const definition = await loadDefinition(o.register);
	const reports = byDesk || !period ? undefined : await reportsAsked(name, definition, o, period);
	if (!existsSync(join(o.data, 'register.duckdb')))
		throw new Usage(`There is no register in ${o.data}. Hand a file in first: npm run import.`);
	const register = await openRegister(o.data, definition);
	const pool = createPdfPool();
	try {
		if (reports && period) {
			const view = { period, asOf, years, basis: 'sameDay' } as const;
			await writeReports(register, reports, { view, locale, format, out: o.out, contact: o.contact }, pool);
			return;
		}
		const known = (parameter: string) => parameter in header.parameters;
		const named = {
			...(o.unit !== undefined && { unit: unitCalled(definition, o.unit) }),
			...(o.clinic !== undefined && { clinic: o.clinic }),
			...(o.period !== undefined && { period: o.period }),
			...(o['as-of'] !== undefined && known('as_of') && { as_of: asOf }),
			...(o.contact !== '' && { contact: o.contact })
		};
		const parameters = { ...named, ...set };
		const asked = { written, header, parameters, locale, asOf, format, out: o.out };
		console.log(await writeNotebook(register, shelf, asked, pool));
	} finally {
		await pool.close();
		await closeDesk();
		register.db.close();
	}
}

/** The product's notebook about units, clinics or the nation, and of which of them its reports are asked for. */
type AskedReports = {
	notebook: FoundNotebook;
	all: boolean;
	subjects: (register: Register, view: View) => Promise<string[]>;
};

/** What is asked for of a product's notebook. Throws Usage. */
async function reportsAsked(
	name: string,
	definition: Definition,
	{ unit, clinic, all }: { unit?: string | undefined; clinic?: string | undefined; all: boolean },
	period: Period
): Promise<AskedReports> {
	const notebook = await findNotebook(join(projectRoot(), 'reports'), name);
	const { source } = notebook.header;
	if (source === 'clinic' && all === (clinic !== undefined))
		throw new Usage('Say either --clinic NUMBER or --all.');
	const units = source === 'unit' ? unitsAsked(definition, unit, all, period) : [];
	const subjects = async (register: Register, view: View) => {
		if (source === 'unit') return units;
		return source === 'clinic' ? clinicsAsked(register, clinic, view) : ['nation'];
	};
	return { notebook, all, subjects };
}

/** How reports are to be written. */
type Writing = { view: View; locale: Locale; format: (typeof formats)[number]; out: string; contact: string };

/** Writes the reports that are asked for, each into a file. */
async function writeReports(
	register: Register,
	{ notebook, all, subjects: among }: AskedReports,
	{ view, locale, format, out, contact }: Writing,
	pool: PdfPool
): Promise<void> {
	const { definition } = register;
	const asking = remembering(register);
	const into = await folderOf(out, all);
	const begun = performance.now();
	const make = async (of: string) => {
		const { model, question } = await reportOf(asking, notebook, of, { view, locale }, contact);
		if (!model) throw new Usage(`There is nothing to report about ${of}.`);
		const bytes = await reportFile(model, format, {
			author: definition.register.name[locale],
			day: view.asOf,
			report: `${notebook.name.replace(/\.md$/, '')} ${of}`,
			provenance: provenanceOf(model, { notebook, definition, question }),
			pool
		});
		const file =
			into === undefined ? out : join(into, `${reportFileName({ unit: of, view, locale })}.${format}`);
		await writeFile(file, bytes);
		if (!all) console.log(file);
	};
	const subjects = await among(asking, view);
	const failed = await eachOf(subjects, make);
	if (all) {
		const seconds = (performance.now() - begun) / 1000;
		const made = subjects.length - failed;
		console.log(
			`${made} reports in ${seconds.toFixed(1)} s (${(made / seconds).toFixed(1)} a second), in ${into}`
		);
	}
	if (failed) process.exitCode = 1;
}

/** Runs a notebook about what its source says: a unit, a clinic or the nation. */
async function reportOf(
	register: Register,
	notebook: FoundNotebook,
	of: string,
	asked: { view: View; locale: Locale },
	contact: string
): Promise<{ model: Model | undefined; question: ReportQuestion }> {
	if (notebook.header.source === 'clinic') {
		const question = { clinic: of, ...asked };
		const tables = await clinicTables(wholeNation, register, question);
		return { model: tables && (await clinicReport(notebook, question, tables)), question };
	}
	if (notebook.header.source === 'nation') {
		const tables = await nationTables(wholeNation, register, asked);
		return { model: tables && (await nationReport(notebook, asked, tables)), question: asked };
	}
	const question = { unit: of, ...asked };
	return { model: await unitReport(wholeNation, register, notebook, question, { contact }), question };
}

/** The clinics whose reports are asked for: of all, those with births enough to be told of. */
async function clinicsAsked(register: Register, named: string | undefined, view: View): Promise<string[]> {
	if (named !== undefined) return [named];
	const found = await clinicList(wholeNation, register, view);
	return (found?.clinics ?? []).filter(({ births }) => births !== null).map(({ number }) => number);
}

/** The units whose reports are asked for. */
function unitsAsked(
	definition: Definition,
	named: string | undefined,
	all: boolean,
	period: Period
): string[] {
	if (all === (named !== undefined)) throw new Usage('Say either --unit UNIT or --all.');
	if (named !== undefined) return [unitCalled(definition, named)];
	const days = [firstDay(period.from), lastDay(period.to)] as const;
	return definition.units.filter((u) => isActive(u, ...days)).map((u) => u.id);
}

/** The id of a unit, by its id or name. Throws Usage. */
function unitCalled(definition: Definition, named: string): string {
	const unit = findUnit(definition, named);
	if (!unit) throw new Usage(`No unit of ${definition.register.id} is called “${named}”.`);
	return unit.id;
}

/** The folder to write into; undefined where `out` is a file. */
async function folderOf(out: string, all: boolean): Promise<string | undefined> {
	const isFolder = all || out.endsWith('/') || (existsSync(out) && statSync(out).isDirectory());
	if (isFolder) await mkdir(out, { recursive: true });
	return isFolder ? out : undefined;
}

/** Makes the reports four at a time: one that fails is named and does not stop the others. Says how many failed. */
async function eachOf(units: readonly string[], make: (unit: string) => Promise<void>): Promise<number> {
	const waiting = [...units];
	let failed = 0;
	const line = async () => {
		for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift())
			try {
				await make(unit);
			} catch (error) {
				failed++;
				console.error(`${unit}: ${error instanceof Error ? error.message : String(error)}`);
			}
	};
	await Promise.all(Array.from({ length: 4 }, line));
	return failed;
}

try {
	await main();
} catch (error) {
	const kinds = [Usage, NoSuchNotebook, NotebookError];
	const known = isPlain(error) || kinds.some((kind) => error instanceof kind);
	console.error(known && error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
