import { getLocale } from '#lib/paraglide/runtime.js';
import { OnServer } from '../../on-server.ts';
import type { PageServerLoad } from './$types';

/** What a notebook may ask of the register: every table and column described, and SQL to copy. */
export const load: PageServerLoad = ({ locals: { desk, asOf } }) => ({
	asOf,
	dictionary: new OnServer(desk.dictionary(getLocale()))
});
