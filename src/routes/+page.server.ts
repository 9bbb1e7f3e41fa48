import { error, redirect } from '@sveltejs/kit';
import { linkQuery } from '#lib/format/address.ts';
import { hrefTo } from '#lib/format/href.ts';
import { flagKey } from '#lib/measures/flag.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { countryFigures, regionsOf } from '#lib/server/figures/country.ts';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { followUps } from '#lib/server/figures/follow-ups.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { askedChoice, askedView } from './asked-view.ts';
import { shownFlags } from './country/shown-flags.ts';
import { mayHandIn } from './may-hand-in.ts';
import { OnServer } from './on-server.ts';
import { volumeChart } from './volume-chart.ts';
import type { PageServerLoad } from './$types';

/**
 * The country, or the region that the address names, in the view that it asks for: for a coordinator the first of the
 * own regions. Whoever has units but no region is led to them.
 */
export const load: PageServerLoad = async ({ url, locals: { register, scope, account, asOf: today } }) => {
	const view = askedView(url, today);
	const regions = regionsOf(scope, register);
	const asked = url.searchParams.get('region') || null;
	if (asked !== null && !regions.includes(asked)) error(404, m.country_region_unknown({ region: asked }));
	const isWhole = scope.units === 'all';
	const [only, ...others] = isWhole ? [] : scope.units;
	if (!isWhole && (account?.role === 'unitManager' || regions.length === 0)) {
		const path = only !== undefined && others.length === 0 ? `/units/${only}` : '/units';
		redirect(303, hrefTo(path) + linkQuery(view, today));
	}
	const region = asked ?? (isWhole ? null : (regions[0] ?? null));
	const shown = askedChoice(url, 'show', shownFlags);
	const [figures, firstYear, since] = await Promise.all([
		countryFigures(scope, register, view, region),
		firstBirthYear(scope, register),
		flagsSinceLastRound(scope, register, view)
	]);
	if (!figures) error(404);
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
			regions,
			/** Whether the country can be chosen beside its regions. */
			isWhole,
			mayHandIn: mayHandIn({ account }),
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
