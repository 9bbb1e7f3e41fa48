import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { countryFigures, regionsOf } from '#lib/server/figures/country.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { askedView } from './asked-view.ts';
import { OnServer } from './on-server.ts';
import { volumeChart } from './volume-chart.ts';
import type { PageServerLoad } from './$types';

/** The country, or the region that the address names, in the view that it asks for. */
export const load: PageServerLoad = async ({ url, locals: { register, scope, asOf: today } }) => {
	const view = askedView(url, today);
	const region = url.searchParams.get('region') || null;
	const [figures, firstYear] = await Promise.all([
		countryFigures(scope, register, view, region),
		firstBirthYear(register)
	]);
	if (!figures) error(404, region === null ? undefined : m.country_region_unknown({ region }));
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
			definition: register.definition,
			chart: volumeChart(figures.months, view, name, locale)
		})
	};
};
