import { z } from 'zod';
import type { Scope } from '#lib/access/scope.ts';
import type { Rounds } from './open.ts';

const row = z.object({
	round: z.string(),
	edition: z.int(),
	reports: z.int(),
	made: z.int(),
	failed: z.int(),
	units: z.int(),
	sentUnits: z.int(),
	fetchedUnits: z.int(),
	waitingMails: z.int(),
	doubtfulMails: z.int()
});

/**
 * How much of a round there is, of its newest edition: reports of every kind and format, units that have one, units
 * that have been sent and have fetched theirs (of any edition), mails that wait or that nobody knows the end of.
 */
export type RoundCounts = z.infer<typeof row>;

/** What has become of the reports of every round, by its id, as far as the scope reaches. */
export function roundCounts(scope: Scope, { db }: Rounds): Map<string, RoundCounts> {
	const rows = db
		.prepare(
			`with newest as (select round, max(number) as edition from edition group by round),
			own as (select value as unit from json_each($units))
			select newest.round, newest.edition,
				count(report.round) as reports,
				count(*) filter (where report.state = 'made') as made,
				count(*) filter (where report.state = 'failed') as failed,
				count(distinct report.subject) filter (where report.kind = 'unit') as units,
				(select count(distinct unit) from mail where mail.round = newest.round and kind = 'report'
					and state = 'sent' and ($units is null or unit in own)) as sentUnits,
				(select count(distinct unit) from fetch where fetch.round = newest.round
					and ($units is null or unit in own)) as fetchedUnits,
				(select count(*) from mail where mail.round = newest.round and mail.edition = newest.edition
					and kind <> 'release' and state in ('queued', 'sending')
					and ($units is null or unit in own)) as waitingMails,
				(select count(*) from mail where mail.round = newest.round and kind <> 'release'
					and state = 'doubtful' and ($units is null or unit in own)) as doubtfulMails
			from newest left join report on report.round = newest.round and report.edition = newest.edition
				and ($units is null or report.unit in own)
			group by newest.round, newest.edition`
		)
		.all({ units: scope.units === 'all' ? null : JSON.stringify([...scope.units]) });
	return new Map(
		z
			.array(row)
			.parse(rows)
			.map((counts) => [counts.round, counts])
	);
}
