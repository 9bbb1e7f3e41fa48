import type { Scope } from '#lib/access/scope.ts';
import { readArguments, type Arguments } from '#lib/notebook/front-matter.ts';
import { languageOf, type Header } from '#lib/notebook/header.ts';
import type { Table } from '#lib/notebook/table.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Day } from '#lib/period/day.ts';
import { formatPeriod, parsePeriod } from '#lib/period/period.ts';
import { usualPeriod, type View } from '#lib/period/view.ts';
import type { Register } from '#lib/server/register/open.ts';
import { clinicTables } from './clinic-tables.ts';
import { nationTables } from './nation-tables.ts';
import { unitTables } from './unit-tables.ts';

/** What is given to a notebook: its parameters with what is usual, its source's tables, and why there are none. */
export type GivenTables = {
	parameters: Arguments;
	tables?: Readonly<Record<string, Table>>;
	fault?: string;
};

/**
 * The tables of the source that a notebook's header names, as the scope may see them: of the unit or clinic that its
 * parameters say, in their period, as of their day. Without a period it is the usual one, without a day today's. There
 * are none while a parameter is missing; of what the scope does not reach there is nothing to tell, which `fault` says.
 * None for the source `register`, whose SQL asks the snapshot.
 */
export async function givenTables(
	scope: Scope,
	register: Register,
	header: Header,
	{ parameters: asked, locale, today }: { parameters: Arguments; locale: Locale; today: Day }
): Promise<GivenTables> {
	const { source } = header;
	if (source === 'register') return { parameters: asked };
	const parameters = withUsual(header, asked, today);
	const { values, wrong, missing } = readArguments(header, parameters, today);
	if (wrong.length || missing.length) return { parameters };
	const view = viewOf(values, today);
	const question = { view, locale: languageOf(header, locale) };
	if (source === 'nation') {
		const tables = await nationTables(scope, register, question);
		return tables ? { parameters, tables } : { parameters, fault: 'there is nothing to tell of the nation' };
	}
	const subject = values[source];
	if (subject === undefined)
		return { parameters, fault: `a notebook of the source ${source} needs a parameter ${source}` };
	const tables =
		source === 'unit'
			? await unitTables(scope, register, { unit: subject, ...question })
			: await clinicTables(scope, register, { clinic: subject, ...question });
	if (tables) return { parameters, tables };
	// asked for anew, as if it had not been given
	const { [source]: _, ...others } = parameters;
	return {
		parameters: others,
		fault: `there is nothing to tell of ${source} ${subject} in ${formatPeriod(view.period)}`
	};
}

/** Parameters that every report has, where the notebook knows them and says nothing of what they are without. */
function withUsual({ parameters }: Header, asked: Arguments, today: Day): Arguments {
	const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
	const lacks = (name: string) =>
		parameters[name] !== undefined && parameters[name].default === undefined && given[name] === undefined;
	const asOf = given.as_of ?? today;
	return {
		...asked,
		...(lacks('as_of') && { as_of: today }),
		...(lacks('period') && { period: formatPeriod(usualPeriod(asOf < today ? asOf : today)) })
	};
}

/** A report compares with three earlier years as they stood on the same day. No day lies ahead. */
function viewOf({ period, as_of: day }: Arguments, today: Day): View {
	const asOf = day !== undefined && day < today ? day : today;
	const months = period === undefined ? undefined : parsePeriod(period);
	return { period: months ?? usualPeriod(asOf), asOf, years: 3, basis: 'sameDay' };
}
