import { unitStatus } from '#lib/catalogue/unit-status.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { contactsOf } from '#lib/server/rounds/contacts.ts';
import { fetchesOf } from '#lib/server/rounds/fetches.ts';
import { mailsOf } from '#lib/server/rounds/outbox.ts';
import { unitsReported } from '#lib/server/rounds/released.ts';
import { listRounds } from '#lib/server/rounds/rounds.ts';
import { OnServer } from '../../on-server.ts';
import { hadContact, receiptOf } from './receipt.ts';
import type { PageServerLoad } from './$types';

/** So many rounds are shown: two years of them. */
const shown = 8;

const names = new Intl.Collator('sv');

/** What has become of the reports of every unit in the latest rounds that have been released. */
export const load: PageServerLoad = ({ locals: { rounds, scope, register, instant, asOf: today } }) => {
	const contacts = Map.groupBy(contactsOf(scope, rounds), ({ unit }) => unit);
	const held = listRounds(rounds, today)
		.filter(
			({ round, editions }) => round.sentOn !== null && editions.some((each) => each.releasedAt !== null)
		)
		.slice(0, shown)
		.toReversed()
		.map(({ id, round, editions }) => {
			const edition = editions.find(({ releasedAt }) => releasedAt !== null);
			return {
				id,
				round,
				reported: new Set(unitsReported(rounds, id, edition?.number ?? 1)),
				sentAt: edition?.dispatchedAt ?? instant,
				mails: Map.groupBy(mailsOf(scope, rounds, id), ({ unit }) => unit),
				fetches: Map.groupBy(fetchesOf(scope, rounds, id), ({ unit }) => unit)
			};
		});
	const units = register.definition.units
		.filter(({ id }) => held.some(({ reported }) => reported.has(id)))
		.toSorted((a, b) => names.compare(a.name, b.name))
		.map((unit) => ({
			id: unit.id,
			name: unit.name,
			isClosed: unitStatus(unit, today).kind === 'closed',
			receipts: held.map(({ id, reported, sentAt, mails, fetches }) => {
				const first = fetches.get(unit.id)?.[0];
				const state = receiptOf(mails.get(unit.id) ?? [], {
					isReported: reported.has(unit.id),
					isFetched: first !== undefined,
					hasContact: hadContact(contacts.get(unit.id) ?? [], sentAt)
				});
				return { round: id, state, fetchedOn: first ? swedishTime(first.at).slice(0, 10) : null };
			})
		}));
	return {
		asOf: null,
		receipts: new OnServer({ rounds: held.map(({ id, round }) => ({ id, round })), units })
	};
};
