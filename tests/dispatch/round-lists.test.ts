import { expect, test } from 'vitest';
import { scopeOfUnits, wholeNation } from '#lib/access/scope.ts';
import { noteFetched } from '#lib/server/rounds/fetches.ts';
import { roundCounts } from '#lib/server/rounds/round-counts.ts';
import { unitRounds } from '#lib/server/rounds/unit-rounds.ts';
import { hadContact, receiptOf, type ReceiptState } from '../../src/routes/rounds/receipts/receipt.ts';
import { addEdition, bo, eve, freshRounds, morning, openingOf, queued, round } from './fresh-rounds.ts';

const fetched = { round, edition: 1, who: null, name: 'Bo Ek', instant: morning };

test('a round is counted by its newest edition, and by the units of the scope only', () => {
	const rounds = queued({ danderyd: [bo, eve], visby: [bo] });
	rounds.db.exec("update mail set state = 'sent', next_at = null where unit = 'danderyd' and contact = 1");
	rounds.db.exec(
		"update mail set state = 'doubtful', next_at = null where unit = 'danderyd' and contact = 2"
	);
	for (const unit of ['visby', 'visby']) noteFetched(rounds, { ...fetched, unit });
	const all = { round, edition: 1, reports: 4, made: 4, failed: 0, units: 2 };
	const mails = { sentUnits: 1, fetchedUnits: 1, waitingMails: 1, doubtfulMails: 1 };
	expect(roundCounts(wholeNation, rounds).get(round)).toEqual({ ...all, ...mails });
	expect(roundCounts(scopeOfUnits(['danderyd']), rounds).get(round)).toEqual({
		...all,
		reports: 2,
		made: 2,
		units: 1,
		sentUnits: 1,
		fetchedUnits: 0,
		waitingMails: 0,
		doubtfulMails: 1
	});
	addEdition(rounds, ['danderyd'], 2, 'frozen');
	expect(roundCounts(wholeNation, rounds).get(round)).toMatchObject({ edition: 2, reports: 2, units: 1 });
});

test('a unit has the reports of released editions, and nobody else’s', () => {
	const rounds = freshRounds();
	addEdition(rounds, ['danderyd', 'visby'], 1);
	addEdition(rounds, ['danderyd', 'visby'], 2, 'made');
	rounds.db.exec(`update edition set released_at = ${morning} where number = 1`);
	const own = scopeOfUnits(['danderyd']);
	expect(unitRounds(own, rounds, 'visby')).toEqual([]);
	const [report, ...others] = unitRounds(own, rounds, 'danderyd');
	expect(others).toEqual([]);
	expect(report).toMatchObject({ edition: { number: 1 }, isSuperseded: false, flags: null });
	expect(report?.opening).toEqual({
		sv: openingOf('danderyd', 'sv'),
		en: openingOf('danderyd', 'en')
	});
	rounds.db.exec(`update edition set state = 'released', released_at = ${morning} where number = 2`);
	expect(
		unitRounds(own, rounds, 'danderyd').map(({ edition, isSuperseded }) => [edition.number, isSuperseded])
	).toEqual([
		[2, false],
		[1, true]
	]);
});

const known = { isReported: true, isFetched: false, hasContact: true };
const mail = (state: 'sent' | 'queued' | 'doubtful' | 'failed' | 'bounced' | 'dropped') =>
	({ kind: 'report', state }) as const;

test.for<[ReceiptState, Parameters<typeof receiptOf>]>([
	['fetched', [[mail('failed')], { ...known, isFetched: true }]],
	['none', [[], { ...known, isReported: false }]],
	['sent', [[mail('bounced'), mail('sent')], known]],
	['waiting', [[mail('queued'), mail('failed')], known]],
	['doubtful', [[mail('doubtful'), mail('failed')], known]],
	['failed', [[mail('bounced')], known]],
	['unsent', [[mail('dropped')], known]],
	['unsent', [[{ kind: 'reminder', state: 'sent' }], known]],
	['noContact', [[], { ...known, hasContact: false }]]
])('what has become of a report is told: %s', ([state, asked]) => {
	expect(receiptOf(...asked)).toBe(state);
});

test('a contact counts from when it was added until it ended', () => {
	const contacts = [{ since: 10, endedAt: 20 }];
	expect([9, 10, 19, 20].map((instant) => hadContact(contacts, instant))).toEqual([false, true, true, false]);
});
