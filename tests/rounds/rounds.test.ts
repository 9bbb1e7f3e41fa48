import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { may, roles } from '#lib/access/role.ts';
import { openRounds } from '#lib/server/rounds/open.ts';
import { findEdition, findRound, listRounds } from '#lib/server/rounds/rounds.ts';
import { closeServedRounds, servedRounds } from '#lib/server/rounds/served.ts';
import { addEdition, freshRounds } from './fresh-rounds.ts';

test('the rounds of this year and the next are planned, the newest first', () => {
	const found = listRounds(freshRounds(), '2026-11-23');
	expect(found.map(({ id }) => id)).toEqual(
		['12', '09', '06', '05', '03']
			.map((month) => `2027-${month}`)
			.concat(['12', '09', '06', '05', '03'].map((month) => `2026-${month}`))
	);
	expect(new Set(found.map(({ state }) => state))).toEqual(new Set(['planned']));
	expect(found.at(-2)).toMatchObject({ id: '2026-05', round: { sentOn: null } });
});

test('a round that was held stays in the list, whatever the year, as it was held', () => {
	const rounds = freshRounds();
	addEdition(rounds, '2019-09', 1, { from: '2019-01', to: '2019-05' });
	addEdition(rounds, '2019-09', 2);
	const [last, planned] = [listRounds(rounds, '2026-11-23').at(-1), listRounds(rounds, '2026-11-23')[0]];
	expect(last).toMatchObject({ id: '2019-09', state: 'frozen', round: { period: { to: '2019-05' } } });
	expect(last?.editions.map(({ number, reason }) => [number, reason])).toEqual([
		[2, 'A file came late'],
		[1, null]
	]);
	expect(planned?.state).toBe('planned');
	expect(findRound(rounds, '2019-09', '2026-11-23')).toEqual(last);
	expect(findEdition(rounds, '2019-09')?.number).toBe(2);
	expect(findEdition(rounds, '2019-09', 1)?.number).toBe(1);
	expect(findEdition(rounds, '2019-09', 3)).toBeUndefined();
});

test.for(['2026-07', '2026-13', '1990-09', '2031-09', 'x', ''])('there is no round “%s”', (id) => {
	expect(findRound(freshRounds(), id, '2026-11-23')).toBeUndefined();
});

test('an edition is never taken away, nor is it changed what it was frozen of', () => {
	const rounds = freshRounds();
	addEdition(rounds, '2026-09', 1);
	for (const sql of [
		'delete from edition',
		`update edition set entry = 8`,
		`update edition set reason = 'x'`,
		`insert into edition select round, 2, null, state, period_from, period_to, cut_off, sent_on, frozen_at, frozen_by,
			made_at, released_at, released_by, dispatched_at, is_making, definition, texts, notebook, program, entry, versions_sha256 from edition`
	])
		expect(() => rounds.db.exec(sql), sql).toThrow(/never|constraint/);
	rounds.db.exec(`update edition set state = 'made', made_at = 1`);
});

test('rounds that are served are opened anew when another file lies in their place', () => {
	const [served, backup] = [freshRounds(), freshRounds()];
	const before = servedRounds(served.folder, { twoPeople: false });
	expect(servedRounds(served.folder, { twoPeople: false })).toBe(before);
	addEdition(backup, '2026-06', 1);
	backup.db.exec('pragma wal_checkpoint(truncate)');
	for (const rest of ['-wal', '-shm']) rmSync(join(served.folder, `rounds.sqlite${rest}`), { force: true });
	renameSync(join(backup.folder, 'rounds.sqlite'), join(served.folder, 'rounds.sqlite'));
	expect(findEdition(servedRounds(served.folder, { twoPeople: false }), '2026-06')?.number).toBe(1);
	closeServedRounds();
	openRounds(backup.folder).close();
});

test('only administrators hold rounds', () => {
	expect(roles.filter((role) => may(role, 'holdRounds'))).toEqual(['administrator']);
});
