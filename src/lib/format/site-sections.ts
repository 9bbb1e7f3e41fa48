import { may, type Role } from '#lib/access/role.ts';
import { m } from '#lib/paraglide/messages.js';

/** A part of the site in the menu; `path` is without language. */
export type Section = { path: string; name: () => string };

/** The parts of the site that somebody in a role may see, in the order of the menu; none for nobody. */
export function sectionsOf(role: Role | undefined): Section[] {
	if (role === undefined) return [];
	const dashboard = { path: '/', name: role === 'coordinator' ? m.nav_region : m.nav_country };
	return [
		// somebody of a unit sees no more than that unit there
		...(role === 'unitManager' ? [] : [dashboard]),
		{ path: '/units', name: m.nav_units },
		{ path: '/variables', name: m.nav_variables },
		{ path: '/submissions', name: m.nav_submissions },
		{ path: '/reports', name: m.nav_reports },
		...(may(role, 'seeRounds') ? [{ path: '/rounds', name: m.nav_rounds }] : []),
		...(may(role, 'writeNotebooks') ? [{ path: '/notebooks', name: m.nav_notebooks }] : []),
		...(may(role, 'administer')
			? [
					{ path: '/accounts', name: m.nav_accounts },
					{ path: '/audit', name: m.nav_audit }
				]
			: [])
	];
}
