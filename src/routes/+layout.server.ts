import type { LayoutServerLoad } from './$types';

/** The day that the figures are seen from. A page that looks from another day returns its own `asOf`. */
export const load: LayoutServerLoad = ({ locals }) => ({ asOf: locals.asOf });
