import { roles } from '#lib/access/role.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { AccountField, NewAccount } from '#lib/server/access/accounts.ts';

/**
 * What an administrator's form states of an account, as it was written, and whether the role is missing (the first
 * one stands for it then). Units and regions that the definition does not have are left out.
 */
export function statedAccount(
	sent: FormData,
	{ units, unitById }: Definition
): { stated: NewAccount; wrong: AccountField[] } {
	const text = (field: string) => String(sent.get(field) ?? '');
	const regions = new Set(units.map(({ region }) => region));
	const role = roles.find((each) => each === text('role'));
	const stated: NewAccount = {
		email: text('email'),
		name: text('name'),
		role: role ?? roles[0],
		units: sent
			.getAll('unit')
			.map(String)
			.filter((id) => unitById.has(id)),
		regions: sent
			.getAll('region')
			.map(String)
			.filter((name) => regions.has(name))
	};
	return { stated, wrong: role ? [] : ['role'] };
}

/** What a form offers to choose among: units by name within regions, and regions by name. */
export function choosable({ units }: Definition) {
	const names = new Intl.Collator('sv');
	return {
		units: units.map(({ id, name, region }) => ({ id, name, region })),
		regions: [...new Set(units.map(({ region }) => region))].sort(names.compare)
	};
}
