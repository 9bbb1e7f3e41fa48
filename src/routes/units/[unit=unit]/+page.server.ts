import { error } from '@sveltejs/kit';
import type { FlagChanges } from '#lib/measures/flag-changes.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { followUps } from '#lib/server/figures/follow-ups.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { unitFigures } from '#lib/server/figures/unit.ts';
import { askedChoice, askedView } from '../../asked-view.ts';
import { mayHandIn } from '../../may-hand-in.ts';
import { OnServer } from '../../on-server.ts';
import { volumeChart } from '../../volume-chart.ts';
import type { PageServerLoad } from './$types';

/** One unit in the view that the address asks for, with the order and the form of its variables. */
export const load: PageServerLoad = async ({
	params,
	url,
	locals: { register, scope, account, asOf: today }
}) => {
	const view = askedView(url, today);
	const order = askedChoice(url, 'sort', ['worst', 'catalogue', 'change']);
	const form = askedChoice(url, 'form', ['all', ...register.definition.register.forms.map(({ id }) => id)]);
	const [figures, firstYear, since] = await Promise.all([
		unitFigures(scope, register, params.unit, view),
		firstBirthYear(scope, register),
		flagsSinceLastRound(scope, register, view)
	]);
	if (!figures) error(404, m.unit_unknown({ unit: params.unit }));
	const followed = await followUps(scope, register, figures.flags, view.asOf);
	return {
		asOf: view.asOf,
		unit: new OnServer({
			today,
			firstYear,
			order,
			form: form === 'all' ? null : form,
			figures,
			followed,
			since: since && { round: since.round, changes: ofUnit(since.changes, params.unit) },
			definition: register.definition,
			mayHandIn: mayHandIn({ account }),
			chart: volumeChart(figures.months, view, figures.unit.name, getLocale())
		})
	};
};

const ofUnit = (changes: FlagChanges, unit: string): FlagChanges => ({
	new: changes.new.filter((flag) => flag.unit === unit),
	persisting: changes.persisting.filter((flag) => flag.unit === unit),
	resolved: changes.resolved.filter((flag) => flag.unit === unit)
});
