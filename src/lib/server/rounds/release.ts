import type { Account } from '#lib/access/role.ts';
import { isAsMade, noteDamaged } from './damaged.ts';
import { existingEdition, findEdition, nameOf, type Edition } from './edition.ts';
import { transaction, type Rounds } from './open.ts';
import { allReports } from './reports.ts';

/**
 * Why an edition is not approved: not all of it is made, a report could not be made or its file is damaged, or the same
 * person has approved it already; `superseded`: a later edition is there, or it has been released.
 */
export type Refusal = { refused: 'notMade' | 'failedReports' | 'sameperson' | 'superseded' };

/** Whether two people have to approve an edition before it is released. */
export const needsTwoPeople = ({ twoPeople }: Rounds) => twoPeople;

/**
 * Approves an edition, and releases it when enough people have: one, or two different ones where that is the setting.
 * Gives the edition as it is then, or why not.
 *
 * @param by who does it; null is a command, which counts as one person
 */
export function approve(
	rounds: Rounds,
	round: string,
	number: number,
	by: Account | null,
	instant: number
): Edition | Refusal {
	return transaction(rounds, () => {
		const edition = existingEdition(rounds, round, number);
		const refused = refusalOf(rounds, edition);
		if (refused) return { refused };
		const who = by?.id ?? '';
		if (edition.approvals.some((approval) => approval.who === who)) return { refused: 'sameperson' };
		rounds.db
			.prepare('insert into approval (round, edition, who, name, at) values (?, ?, ?, ?, ?)')
			.run(round, number, who, nameOf(by), instant);
		if (edition.approvals.length + 1 >= (rounds.twoPeople ? 2 : 1))
			rounds.db
				.prepare(
					`update edition set state = 'released', released_at = ?, released_by = ? where round = ? and number = ?`
				)
				.run(instant, nameOf(by), round, number);
		return existingEdition(rounds, round, number);
	});
}

function refusalOf(rounds: Rounds, { round, number, state }: Edition): Refusal['refused'] | undefined {
	if (state === 'frozen') return 'notMade';
	if (state !== 'made' || findEdition(rounds, round)?.number !== number) return 'superseded';
	const reports = allReports(rounds, round, number);
	if (reports.some((report) => report.state === 'waiting')) return 'notMade';
	const damaged = reports.filter((report) => report.state === 'made' && !isAsMade(rounds, report));
	noteDamaged(rounds, damaged);
	return damaged.length > 0 || reports.some((report) => report.state === 'failed')
		? 'failedReports'
		: undefined;
}
