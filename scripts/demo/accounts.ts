import type { Account } from '#lib/access/role.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { unitStatus } from '#lib/catalogue/unit-status.ts';
import { addDemoAccount } from '#lib/server/access/demo-accounts.ts';
import { openAccess } from '#lib/server/access/open.ts';

/** One invented person for each role, with the largest unit and the region of most units. */
export function demoPeople(units: readonly Unit[], today: string) {
	const open = units.filter((unit) => unitStatus(unit, today).kind === 'active');
	const unit = largest(open);
	const region = largestRegion(open);
	return [
		{ role: 'unitManager', name: 'Maria Berg', units: unit ? [unit.id] : [], regions: [] },
		{ role: 'coordinator', name: 'Karin Lund', units: [], regions: region ? [region] : [] },
		{ role: 'statistician', name: 'Erik Holm', units: [], regions: [] },
		{ role: 'administrator', name: 'Anna Sjö', units: [], regions: [] }
	] as const satisfies Pick<Account, 'role' | 'name' | 'units' | 'regions'>[];
}

/** Gives the demo its accounts; its sign-in page shows how each of them signs in. */
export async function addDemoAccounts(
	folder: string,
	units: readonly Unit[],
	{ today, instant }: { today: string; instant: number }
): Promise<void> {
	const access = openAccess(folder);
	try {
		for (const person of demoPeople(units, today)) {
			const written = asAddress(person.name);
			const account = { ...person, email: `${written}@demo.example`, password: `${written}-demo` };
			await addDemoAccount(access, account, instant);
		}
	} finally {
		access.close();
	}
}

/** "Anna Sjö" as it stands in an e-mail address. */
const asAddress = (name: string) =>
	name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(' ', '.');

const largest = (units: readonly Unit[]) =>
	units.toSorted((a, b) => b.births_per_year - a.births_per_year)[0];

/** The region with most units. */
function largestRegion(units: readonly Unit[]): string | undefined {
	const counted = Map.groupBy(units, ({ region }) => region);
	return [...counted].toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}
