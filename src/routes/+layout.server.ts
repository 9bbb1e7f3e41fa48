import type { LayoutServerLoad } from './$types';

/**
 * The day that the figures are seen from, and who is signed in. A page that looks from another day returns its own
 * `asOf`, one without figures null.
 */
export const load: LayoutServerLoad = ({ locals: { asOf, account } }): Shown => ({
	asOf,
	reader: account && { name: account.name, role: account.role }
});

type Shown = {
	asOf: string | null;
	reader: Pick<NonNullable<App.Locals['account']>, 'name' | 'role'> | undefined;
};
