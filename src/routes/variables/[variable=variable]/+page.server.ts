import { error } from '@sveltejs/kit';
import { maySee } from '#lib/access/scope.ts';
import { answers } from '#lib/measures/answers.ts';
import type { Counts } from '#lib/measures/counts.ts';
import { median } from '#lib/measures/quantile.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { flagHistory } from '#lib/server/figures/flag-history.ts';
import { birthsOf } from '#lib/server/figures/births.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { variableFigures } from '#lib/server/figures/variable.ts';
import { askedView } from '../../asked-view.ts';
import { OnServer } from '../../on-server.ts';
import { answersChart, stripChart, trendChart } from '../variable-charts.ts';
import type { PageServerLoad } from './$types';

/** One variable in the view that the address asks for; of one unit beside the nation, where one is chosen. */
export const load: PageServerLoad = async ({ params, url, locals: { register, scope, asOf: today } }) => {
	const view = askedView(url, today);
	const { definition } = register;
	const locale = getLocale();
	if (!definition.byId.has(params.variable)) error(404, m.variable_unknown({ variable: params.variable }));
	const asked = url.searchParams.get('unit') || undefined;
	const [figures, firstYear, births, flagRounds] = await Promise.all([
		variableFigures(scope, register, params.variable, view, asked),
		firstBirthYear(scope, register),
		birthsOf(scope, register, view, asked),
		flagHistory(scope, register, params.variable, view)
	]);
	if (!figures) error(404, m.unit_unknown({ unit: asked ?? '' }));
	const { variable, unit, nation } = figures;
	const answersOf = (place: 'nation' | 'unit', counts: Counts) =>
		answers(
			variable,
			figures.codes.map((each) => ({ code: each.code, n: each[place] })),
			counts
		);
	const nationAnswers = nation && answersOf('nation', nation.counts);
	const unitAnswers = unit && answersOf('unit', unit.counts);
	const rows = (unitAnswers ?? nationAnswers ?? []).map((answer, at) => ({
		...answer,
		label: variable.codes?.find(({ code }) => code === answer.code)?.label[locale] ?? answer.code,
		nation: unitAnswers ? (nationAnswers?.[at]?.share ?? null) : null
	}));
	const unitName = unit && (definition.unitById.get(unit.id)?.name ?? unit.id);
	const chartFor = { definition, unitName, locale };
	const shown = {
		today,
		firstYear,
		definition,
		figures,
		births,
		flagRounds,
		unitName,
		isWhole: scope.units === 'all',
		units: definition.units
			.filter((each) => maySee(scope, each.id))
			.map(({ id, name, region }) => ({ id, name, region })),
		trend: trendChart(figures, chartFor),
		strip: stripChart(figures, chartFor),
		answers: {
			rows,
			chart: answersChart(figures, rows, chartFor),
			// days are told by their middle, not by the most common one
			medianDays:
				variable.id === definition.register.daysToReceipt
					? median(rows.map(({ code, n }) => ({ value: Number(code), n })))
					: null
		}
	};
	return { asOf: view.asOf, variable: new OnServer(shown) };
};
