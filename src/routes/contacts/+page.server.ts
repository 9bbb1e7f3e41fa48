import { unitStatus } from '#lib/catalogue/unit-status.ts';
import { contactsOf } from '#lib/server/rounds/contacts.ts';
import { OnServer } from '../on-server.ts';
import type { PageServerLoad } from './$types';

const names = new Intl.Collator('sv');

/** Every unit with the contacts that get its reports; first the units that nobody gets any for. */
export const load: PageServerLoad = ({ locals: { rounds, scope, register, asOf }, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const open = Map.groupBy(
		contactsOf(scope, rounds).filter(({ endedAt }) => endedAt === null),
		({ unit }) => unit
	);
	const units = register.definition.units
		.map((unit) => ({
			id: unit.id,
			name: unit.name,
			region: unit.region,
			isClosed: unitStatus(unit, asOf).kind === 'closed',
			contacts: open.get(unit.id) ?? []
		}))
		.toSorted((a, b) => names.compare(a.name, b.name));
	return {
		asOf: null,
		contacts: new OnServer({
			without: units.filter(({ contacts, isClosed }) => contacts.length === 0 && !isClosed),
			having: units.filter(({ contacts }) => contacts.length > 0),
			closed: units.filter(({ contacts, isClosed }) => contacts.length === 0 && isClosed)
		})
	};
};
