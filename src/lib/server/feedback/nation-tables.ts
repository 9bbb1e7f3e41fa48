import type { Scope } from '#lib/access/scope.ts';
import { countryOpening, countryVolumeTitle } from '#lib/format/country-opening.ts';
import { flagSentence, monthsText, type FlagContext } from '#lib/format/flag-sentence.ts';
import { plainText } from '#lib/format/sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { byBirths, type Flag } from '#lib/measures/flag.ts';
import { figure } from '#lib/measures/figure.ts';
import type { Table } from '#lib/notebook/table.ts';
import { yearOf } from '#lib/period/birth-month.ts';
import { formatPeriod } from '#lib/period/period.ts';
import type { View } from '#lib/period/view.ts';
import { concerned, countryFigures, type CountryFigures } from '#lib/server/figures/country.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { nationVariables } from '#lib/server/figures/variables.ts';
import type { Register } from '#lib/server/register/open.ts';
import { changeTable } from './clinic-tables.ts';
import { nationClinicTables } from './nation-clinic-tables.ts';
import { groupTable, nationFlagTable, nationResolvedTable } from './nation-flag-tables.ts';
import type { NationQuestion } from './nation-report.ts';
import { nationVariableTable } from './nation-variable-table.ts';
import { one } from './one-row.ts';
import { viewColumns } from './unit-tables.ts';
import { monthTable } from './volume-tables.ts';

/**
 * The tables that a notebook about the whole nation asks (`source: nation`), described in docs/notebooks.md. They name
 * units with their exact figures, so whoever does not see the whole nation gets undefined.
 */
export async function nationTables(
	scope: Scope,
	register: Register,
	{ view: asked, locale }: NationQuestion
): Promise<Record<string, Table> | undefined> {
	const view: View = { ...asked, basis: 'sameDay' };
	const { definition } = register;
	const [figures, since, variables, clinics] = await Promise.all([
		countryFigures(scope, register, view),
		flagsSinceLastRound(scope, register, view),
		nationVariables(scope, register, view),
		nationClinicTables(scope, register, { view, locale })
	]);
	if (!figures || !clinics) return undefined;
	const context: FlagContext = { definition, view, locale };
	const links = { volume: '', reported: '', calls: '', unit: () => '' };
	const sentences = countryOpening(figures, context, links).map(plainText);
	const flags = figures.standings.flatMap((each) => each.flags).toSorted(byBirths);
	return {
		register: one({
			name: ['text', definition.register.name[locale]],
			nation: ['text', definition.register.nation[locale]]
		}),
		view: one(viewColumns(view)),
		opening: one({ text: ['text', sentences.join(' ')], first: ['text', sentences[0] ?? null] }),
		summary: summaryTable(figures, context),
		coverage: coverageTable(figures),
		month: monthTable(figures),
		year: yearTable(figures),
		unit: unitTable(figures, context),
		call: callTable(figures, context),
		flag: nationFlagTable(flags, context, since?.changes),
		flag_change: changeTable(since),
		flag_group: groupTable(flags, since?.changes, locale),
		flag_resolved: nationResolvedTable(since, context),
		variable: nationVariableTable(variables, figures, definition, locale),
		...clinics
	};
}

function summaryTable(figures: CountryFigures, context: FlagContext): Table {
	const { standings, judged, dueBirths, earlierBirths } = figures;
	const silent = standings.filter(isSilent).length;
	const [before = 0] = earlierBirths;
	const onTime = standings.reduce((sum, each) => sum + each.timeliness.numerator, 0);
	const due = standings.reduce((sum, each) => sum + each.timeliness.denominator, 0);
	const timely = figure('timeliness', { onTime, birthsDue: due }, { due: judged !== null });
	const latest = figures.coverage.at(-1);
	return one({
		births: ['integer', figures.births],
		due_births: ['integer', dueBirths],
		judged: ['text', judged && formatPeriod(judged)],
		earlier_births: ['integer', before || null],
		change: ['number', before ? dueBirths / before - 1 : null],
		volume_title: ['text', countryVolumeTitle(figures, context)],
		units: ['integer', standings.length],
		silent: ['integer', silent],
		complete: ['integer', standings.length - silent],
		to_call: ['integer', standings.filter(({ flags }) => flags.length).length],
		on_time: ['integer', timely.numerator],
		due: ['integer', timely.denominator],
		timeliness: ['number', timely.share],
		is_late: ['boolean', timely.status === 'missed'],
		coverage: ['number', latest?.figure.share ?? null],
		coverage_year: ['integer', latest?.year ?? null],
		coverage_missed: ['boolean', latest?.figure.status === 'missed'],
		is_judged: ['boolean', judged !== null]
	});
}

const isSilent = ({ flags }: { flags: readonly Flag[] }) => flags.some(({ kind }) => kind === 'notReported');

/** Whole years before the period, the last first; a year without a reference is not there. */
function coverageTable({ coverage }: CountryFigures): Table {
	return {
		columns: { year: 'text', births: 'integer', reference: 'integer', share: 'number', missed: 'boolean' },
		rows: coverage
			.toSorted((a, b) => b.year - a.year)
			.map((each) => ({
				year: String(each.year),
				births: each.figure.numerator,
				reference: each.figure.denominator,
				share: each.figure.share,
				missed: each.figure.status === 'missed'
			}))
	};
}

/** The births of the due months, and of the same months of earlier years as they stood on the same day. */
function yearTable({ view, dueBirths, earlierBirths, judged, months }: CountryFigures): Table {
	const last = yearOf(view.period.to);
	const ended = earlierBirths.map((_, back) =>
		months
			.filter(({ month }) => judged && month >= judged.from && month <= judged.to)
			.reduce((sum, { earlier }) => sum + (earlier[back] ?? 0), 0)
	);
	return {
		columns: { year: 'text', same_day: 'integer', at_end: 'integer' },
		rows: [
			{ year: String(last), same_day: dueBirths, at_end: null },
			...earlierBirths.map((births, back) => ({
				year: String(last - back - 1),
				same_day: births || null,
				at_end: ended[back] || null
			}))
		]
	};
}

/** Every unit that was active in the period, by region and name: what it has reported, and what it has not. */
function unitTable({ standings }: CountryFigures, context: FlagContext): Table {
	const { definition, locale } = context;
	const words = {
		low: m.nation_volume_low({}, { locale }),
		high: m.nation_volume_high({}, { locale }),
		within: m.nation_volume_within({}, { locale })
	};
	const rows = standings.flatMap((each) => {
		const unit = definition.unitById.get(each.unit);
		if (!unit) return [];
		const silent = each.flags.flatMap((f) => (f.kind === 'notReported' ? f.months : []));
		const { status, limits, observed } = each.volume;
		return [
			{
				id: unit.id,
				name: unit.name,
				region: unit.region,
				births: observed,
				low: limits ? Math.ceil(limits[0]) : null,
				high: limits ? Math.floor(limits[1]) : null,
				volume: status in words ? words[status as keyof typeof words] : null,
				silent: silent.length ? monthsText(silent, context) : null,
				on_time: each.timeliness.share,
				n_missed: each.missed,
				n_judged: each.judgedVariables,
				n_flags: each.flags.length,
				is_silent: silent.length > 0
			}
		];
	});
	return {
		columns: {
			id: 'text',
			name: 'text',
			region: 'text',
			births: 'integer',
			low: 'integer',
			high: 'integer',
			volume: 'text',
			silent: 'text',
			on_time: 'number',
			n_missed: 'integer',
			n_judged: 'integer',
			n_flags: 'integer',
			is_silent: 'boolean'
		},
		rows: rows.toSorted(
			(a, b) => a.region.localeCompare(b.region, 'sv') || a.name.localeCompare(b.name, 'sv')
		)
	};
}

/** So many reasons are told of a unit that is to be called. */
const reasons = 2;

/** The units to call, those whose flags concern most births first. */
function callTable({ standings }: CountryFigures, context: FlagContext): Table {
	return {
		columns: {
			name: 'text',
			region: 'text',
			reasons: 'text',
			n_flags: 'integer',
			n_more: 'integer',
			concerned: 'integer'
		},
		rows: standings.flatMap((each) => {
			const unit = context.definition.unitById.get(each.unit);
			if (!unit || each.flags.length === 0) return [];
			const told = each.flags.slice(0, reasons).map((flag) => `${flagSentence(flag, context)}.`);
			return [
				{
					name: unit.name,
					region: unit.region,
					reasons: told.join(' '),
					n_flags: each.flags.length,
					n_more: each.flags.length - told.length,
					concerned: concerned(each)
				}
			];
		})
	};
}
