import { searchVariables } from '#lib/catalogue/search.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { firstBirthYear } from '#lib/server/figures/span.ts';
import { nationVariables } from '#lib/server/figures/variables.ts';
import { askedView } from '../asked-view.ts';
import { OnServer } from '../on-server.ts';
import type { PageServerLoad } from './$types';

/** All variables, or those that a search finds, with the nation's figures in the view that the address asks for. */
export const load: PageServerLoad = async ({ url, locals: { register, scope, asOf: today } }) => {
	const view = askedView(url, today);
	const { definition } = register;
	const query = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
	const [figures, firstYear] = await Promise.all([
		nationVariables(scope, register, view),
		firstBirthYear(scope, register)
	]);
	const figureOf = new Map(figures.map((figure) => [figure.variable, figure]));
	const found = searchVariables(definition.variables, query, getLocale());
	const shown = {
		today,
		firstYear,
		view,
		query,
		nation: definition.register.nation,
		forms: definition.register.forms.map(({ id, label }) => ({
			id,
			label,
			rows: found
				.filter((variable) => variable.form === id)
				.flatMap((variable) => {
					const figure = figureOf.get(variable.id);
					return figure ? [{ ...figure, variable }] : [];
				})
		})),
		count: { found: found.length, all: definition.variables.length }
	};
	return { asOf: view.asOf, variables: new OnServer(shown) };
};
