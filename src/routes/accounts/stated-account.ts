import { roles } from '#lib/access/role.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { AccountField, NewAccount } from '#lib/server/access/accounts.ts';

/**
 * What an administrator's form states of an account, as it was written, and what of it there is not: a role (the
 * first one stands for it then), units or regions that the definition does not have.
 */
export function statedAccount(
	sent: FormData,
	{ units, unitById }: Definition
): { stated: NewAccount; wrong: AccountField[] } {
	const texts = (field: string) => sent.getAll(field).map(String);
	const [email = '', name = '', roleName = ''] = ['email', 'name', 'role'].map((field) => texts(field)[0]);
	const regions = new Set(units.map(({ region }) => region));
	const role = roles.find((each) => each === roleName);
	const asked = { units: texts('unit'), regions: texts('region') };
	const stated: NewAccount = {
		email,
		name,
		role: role ?? roles[0],
		units: asked.units.filter((id) => unitById.has(id)),
		regions: asked.regions.filter((region) => regions.has(region))
	};
	const wrong: AccountField[] = role ? [] : ['role'];
	if (stated.units.length < asked.units.length) wrong.push('units');
	if (stated.regions.length < asked.regions.length) wrong.push('regions');
	return { stated, wrong };
}

/** What a form offers to choose among: units by name within regions, and regions by name. */
export function choosable({ units }: Definition) {
	const names = new Intl.Collator('sv');
	return {
		units: units.map(({ id, name, region }) => ({ id, name, region })),
		regions: [...new Set(units.map(({ region }) => region))].sort(names.compare)
	};
}
