import { error } from '@sveltejs/kit';
import { flagKey } from '#lib/measures/flag.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { countryFigures, regionsOf } from '#lib/server/figures/country.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { followUps } from '#lib/server/figures/follow-ups.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { askedChoice, askedView } from './asked-view.ts';
import { shownFlags } from './country/shown-flags.ts';
import { OnServer } from './on-server.ts';
import { volumeChart } from './volume-chart.ts';
import type { PageServerLoad } from './$types';

/** The country, or the region that the address names, in the view that it asks for. */
export const load: PageServerLoad = async ({ url, locals: { register, scope, asOf: today } }) => {
	const view = askedView(url, today);
	const region = url.searchParams.get('region') || null;
	const shown = askedChoice(url, 'show', shownFlags);
	const [figures, firstYear, since] = await Promise.all([
		countryFigures(scope, register, view, region),
		firstBirthYear(scope, register),
		flagsSinceLastRound(scope, register, view)
	]);
	if (!figures) error(404, region === null ? undefined : m.country_region_unknown({ region }));
	const { standings } = figures;
	const followed = await followUps(
		scope,
		register,
		standings.flatMap(({ flags }) => flags),
		view.asOf
	);
	const locale = getLocale();
	const name = region ?? register.definition.register.nation[locale];
	return {
		asOf: view.asOf,
		country: new OnServer({
			today,
			firstYear,
			name,
			regions: regionsOf(register),
			figures,
			shown,
			newFlags: new Set<string>(since?.changes.new.map(flagKey)),
			followed,
			round: since?.round.asOf ?? null,
			definition: register.definition,
			chart: volumeChart(figures.months, view, name, locale)
		})
	};
};
