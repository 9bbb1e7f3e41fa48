import { nextFeedback } from '#lib/period/round.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { fetchesOf } from '#lib/server/rounds/fetches.ts';
import { unitRounds } from '#lib/server/rounds/unit-rounds.ts';
import { OnServer } from '../../../on-server.ts';
import { ownUnit } from './own-unit.ts';
import type { PageServerLoad } from './$types';

/** The reports that a unit has been given, the newest first, and when the next one comes. */
export const load: PageServerLoad = ({ locals, params }) => {
	const { rounds, scope, asOf: today } = locals;
	const unit = ownUnit(locals, params.unit);
	const reports = unitRounds(scope, rounds, unit.id)
		.filter(({ isSuperseded }) => !isSuperseded)
		.map((report) => {
			const first = fetchesOf(scope, rounds, report.edition.round).find((each) => each.unit === unit.id);
			return { ...report, fetchedOn: first ? swedishTime(first.at).slice(0, 10) : null };
		});
	return {
		asOf: null,
		unit: new OnServer({ id: unit.id, name: unit.name, reports, today, next: nextFeedback(today) })
	};
};
