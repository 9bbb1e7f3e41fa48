import { error } from '@sveltejs/kit';
import { swedishTime } from '#lib/format/swedish-time.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { m } from '#lib/paraglide/messages.js';
import { flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { roundView } from '#lib/server/rounds/edition.ts';
import { fetchesOf } from '#lib/server/rounds/fetches.ts';
import { unitRounds, type UnitRound } from '#lib/server/rounds/unit-rounds.ts';
import { OnServer } from '../../../../on-server.ts';
import { ownUnit } from '../own-unit.ts';
import type { PageServerLoad } from './$types';

/** A unit's report of a round: what it says, the files that it is in, who has fetched it, and earlier editions. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { register, rounds, scope, asOf: today } = locals;
	const unit = ownUnit(locals, params.unit);
	const all = unitRounds(scope, rounds, unit.id).filter(({ edition }) => edition.round === params.round);
	const [report, ...earlier] = all;
	if (!report) error(404, m.round_of_unit_unknown({ unit: unit.name }));
	const view = roundView(report.edition.held);
	return {
		asOf: view.asOf,
		report: new OnServer({
			today,
			id: unit.id,
			name: unit.name,
			view,
			report,
			earlier,
			flags: await flagsTold(locals, unit.id, report),
			definition: register.definition,
			fetches: fetchesOf(scope, rounds, params.round)
				.filter((fetch) => fetch.unit === unit.id)
				.map(({ name, at, edition }) => ({ name, edition, at: swedishTime(at) }))
		})
	};
};

/** The flags by how they stand to the round before. */
type FlagsTold = { new: Flag[]; persisting: Flag[]; resolved: Flag[]; before: ReturnType<typeof roundView> };

/**
 * The flags of the report, found again in the register as it stood on the cut-off day. Undefined where they are no
 * longer just as many: the register's definition has changed since then, and the report says what it said.
 */
async function flagsTold(
	{ scope, register }: App.Locals,
	unit: string,
	{ edition, flags }: UnitRound
): Promise<FlagsTold | undefined> {
	const since = await flagsSinceLastRound(scope, register, roundView(edition.held));
	if (!since || !flags) return undefined;
	const own = (found: Flag[]) => found.filter((flag) => flag.unit === unit);
	const told = {
		new: own(since.changes.new),
		persisting: own(since.changes.persisting),
		resolved: own(since.changes.resolved)
	};
	const same = (['new', 'persisting', 'resolved'] as const).every(
		(each) => told[each].length === flags[each]
	);
	return same ? { ...told, before: { ...roundView(edition.held), ...since.round } } : undefined;
}
