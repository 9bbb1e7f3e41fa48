/**
 * Figures for those who script:
 * npm run --silent figures -- --data DIR --period 2019-Q2 [--unit U] [--variable V] [--as-of DATE] --format json|csv
 */
import { parseArgs } from 'node:util';
import { wholeNation } from '#lib/access/scope.ts';
import { findUnit } from '#lib/catalogue/catalogue.ts';
import { isDay } from '#lib/period/day.ts';
import { parsePeriod } from '#lib/period/period.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { levels, type Level } from '#lib/server/figures/places.ts';
import { figureRows, type FigureRow } from '#lib/server/figures/rows.ts';
import { openRegister } from '#lib/server/register/open.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

class Usage extends Error {}

const usage = `npm run --silent figures -- --period 2019|2019-Q2|2019-01..2019-06 [--data DIR] [--register DIR]
	[--unit UNIT] [--variable VARIABLE] [--level unit|region|nation] [--as-of YYYY-MM-DD]
	[--years 3|5] [--basis same-day|ended] [--format json|csv]`;

function options() {
	try {
		return parseArgs({
			options: {
				data: { type: 'string', default: process.env.BORTFALL_DATA ?? 'var' },
				register: { type: 'string', default: process.env.BORTFALL_REGISTER ?? 'data/mfr' },
				period: { type: 'string' },
				unit: { type: 'string' },
				variable: { type: 'string' },
				level: { type: 'string', default: 'unit' },
				'as-of': { type: 'string' },
				years: { type: 'string', default: '3' },
				basis: { type: 'string', default: 'same-day' },
				format: { type: 'string', default: 'json' }
			}
		}).values;
	} catch (error) {
		throw new Usage(error instanceof Error ? error.message : String(error));
	}
}

/** Only the choices that are allowed; anything else is named with them. */
function chosen<T extends string>(name: string, value: string, allowed: readonly T[]): T {
	const found = allowed.find((each) => each === value);
	if (found === undefined) throw new Usage(`--${name} is ${allowed.join(' or ')}, not “${value}”.`);
	return found;
}

const today = () =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'short' }).format(new Date());

async function main() {
	const o = options();
	const format = chosen('format', o.format, ['json', 'csv']);
	const level: Level = chosen('level', o.level, levels);
	const years = chosen('years', o.years, ['3', '5']) === '5' ? 5 : 3;
	const basis = chosen('basis', o.basis, ['same-day', 'ended']) === 'ended' ? 'ended' : 'sameDay';
	const period = o.period === undefined ? undefined : parsePeriod(o.period);
	if (!period)
		throw new Usage(`--period is 2019, 2019-Q2, 2019-03 or 2019-01..2019-06, not “${o.period ?? ''}”.`);
	const asOf = o['as-of'] ?? today();
	if (!isDay(asOf)) throw new Usage(`--as-of is a day such as 2026-03-31, not “${asOf}”.`);
	const definition = await loadDefinition(o.register);
	if (o.variable !== undefined && !definition.byId.has(o.variable))
		throw new Usage(`No variable of ${definition.register.id} is called “${o.variable}”.`);
	const unit = o.unit === undefined ? undefined : findUnit(definition, o.unit);
	if (o.unit !== undefined && !unit)
		throw new Usage(`No unit of ${definition.register.id} is called “${o.unit}”.`);
	if (unit && level !== 'unit') throw new Usage('--unit goes with --level unit.');
	if (!existsSync(join(o.data, 'register.duckdb')))
		throw new Usage(`There is no register in ${o.data}. Hand a file in first: npm run import.`);
	const register = await openRegister(o.data, definition);
	try {
		const rows = await figureRows(wholeNation, register, {
			view: { period, asOf, years, basis },
			level,
			...(unit && { unit: unit.id }),
			...(o.variable === undefined ? {} : { variable: o.variable })
		});
		process.stdout.write(format === 'json' ? `${JSON.stringify(rows, null, '\t')}\n` : csvOf(rows));
	} finally {
		register.db.close();
	}
}

/** Comma, point and UTF-8; the interval as two columns. */
function csvOf(rows: FigureRow[]): string {
	const lines = rows.map(({ interval, ...row }) => ({
		...row,
		intervalLow: interval?.[0] ?? null,
		intervalHigh: interval?.[1] ?? null
	}));
	const names = [
		'unit',
		'variable',
		'measure',
		'numerator',
		'denominator',
		'nApplicable',
		'nRecorded',
		'nUnknown',
		'nBlank',
		'nInvalid',
		'nImplausible',
		'share',
		'intervalLow',
		'intervalHigh',
		'status'
	] as const;
	const cell = (value: string | number | null) => {
		const text = value === null ? '' : String(value);
		return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	};
	return (
		[names.join(','), ...lines.map((line) => names.map((name) => cell(line[name])).join(','))].join('\n') +
		'\n'
	);
}

main().catch((error: unknown) => {
	if (error instanceof Usage) {
		console.error(`${error.message}\n\n${usage}`);
		process.exitCode = 2;
	} else {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
});
