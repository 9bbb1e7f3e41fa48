import type { Account, Role } from '#lib/access/role.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { m } from '#lib/paraglide/messages.js';

/** What people call a role: "Enhetsansvarig", "Unit manager". */
export function roleName(role: Role, locale: Locale): string {
	return {
		unitManager: m.role_unit_manager,
		coordinator: m.role_coordinator,
		statistician: m.role_statistician,
		administrator: m.role_administrator
	}[role]({}, { locale });
}

/** What somebody in a role sees and does, in a sentence or two. */
export function roleDoes(role: Role, locale: Locale): string {
	return {
		unitManager: m.role_does_unit_manager,
		coordinator: m.role_does_coordinator,
		statistician: m.role_does_statistician,
		administrator: m.role_does_administrator
	}[role]({}, { locale });
}

type Reaching = Pick<Account, 'role' | 'units' | 'regions'>;

/** How far an account reaches, by name: "Södersjukhuset, BB Stockholm", "Region Skåne", "hela landet". */
export function reachText(account: Reaching, unitById: ReadonlyMap<string, Unit>, locale: Locale): string {
	const { role, units, regions } = account;
	if (role === 'statistician' || role === 'administrator') return m.role_reach_nation({}, { locale });
	const names = role === 'coordinator' ? regions : units.map((id) => unitById.get(id)?.name ?? id);
	return names.length ? names.join(', ') : m.role_reach_none({}, { locale });
}

/** As `reachText`, in a word or two for a narrow column: of several units or regions the first and how many more. */
export function reachBrief(account: Reaching, unitById: ReadonlyMap<string, Unit>, locale: Locale): string {
	const [first = '', ...more] = reachText(account, unitById, locale).split(', ');
	return more.length ? `${first} +${more.length}` : first;
}

/** What has become of an account. */
export type AccountState = 'invited' | 'open' | 'closed';

/** "Inbjuden", "Öppet", "Stängt". */
export function accountStateName(state: AccountState, locale: Locale): string {
	return {
		invited: m.accounts_state_invited,
		open: m.accounts_state_open,
		closed: m.accounts_state_closed
	}[state]({}, { locale });
}
