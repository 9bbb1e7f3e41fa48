import { may } from '#lib/access/role.ts';
import { nextFeedback } from '#lib/period/round.ts';
import { roundCounts } from '#lib/server/rounds/round-counts.ts';
import { listRounds } from '#lib/server/rounds/rounds.ts';
import { OnServer } from '../on-server.ts';
import type { PageServerLoad } from './$types';

/** The rounds there are and will be, with what has become of their reports. */
export const load: PageServerLoad = ({ locals: { rounds, scope, account, asOf: today } }) => {
	const counts = roundCounts(scope, rounds);
	const all = listRounds(rounds, today).map((kept) => ({ ...kept, counts: counts.get(kept.id) }));
	return {
		asOf: null,
		rounds: new OnServer({
			today,
			next: nextFeedback(today),
			held: all.filter(({ state, round }) => state !== 'planned' || round.cutOff <= today),
			ahead: all.filter(({ state, round }) => state === 'planned' && round.cutOff > today).toReversed(),
			holds: account !== undefined && may(account.role, 'holdRounds')
		})
	};
};
