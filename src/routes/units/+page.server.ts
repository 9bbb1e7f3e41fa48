import { error } from '@sveltejs/kit';
import { unitStatus } from '#lib/catalogue/unit-status.ts';
import { searchUnits } from '#lib/components/unit-search.ts';
import { m } from '#lib/paraglide/messages.js';
import { unitList } from '#lib/server/figures/units.ts';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { askedView } from '../asked-view.ts';
import { OnServer } from '../on-server.ts';
import type { PageServerLoad } from './$types';

/** The units by region, or those that the address asks for, as they stand on the day that it looks from. */
export const load: PageServerLoad = async ({ url, locals: { register, scope, asOf: today } }) => {
	const view = askedView(url, today);
	const [all, firstYear] = await Promise.all([
		unitList(scope, register, view),
		firstBirthYear(scope, register)
	]);
	const regions = [...new Set(all.map(({ unit }) => unit.region))].sort((a, b) => a.localeCompare(b, 'sv'));
	const region = url.searchParams.get('region') || undefined;
	if (region !== undefined && !regions.includes(region)) error(404, m.units_region_unknown({ region }));
	const query = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
	const found = new Set(
		searchUnits(
			all.map(({ unit }) => unit),
			query
		).map((unit) => unit.id)
	);
	const listed = all
		.filter(({ unit }) => found.has(unit.id) && (region === undefined || unit.region === region))
		.map((each) => ({ ...each, status: unitStatus(each.unit, view.asOf) }));
	const shown = {
		today,
		firstYear,
		view,
		query,
		region,
		regions,
		listed,
		hasUnits: all.length > 0,
		births: all.reduce((sum, each) => sum + each.births, 0),
		open: all.filter(({ unit }) => unitStatus(unit, view.asOf).kind === 'active').length
	};
	return { asOf: view.asOf, units: new OnServer(shown) };
};
