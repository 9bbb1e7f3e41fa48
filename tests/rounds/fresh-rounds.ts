import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Account } from '#lib/access/role.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { evening } from './moments.ts';

export { evening } from './moments.ts';

export const anna: Account = {
	id: 'anna',
	email: 'anna.ost@example.org',
	name: 'Anna Öst',
	role: 'administrator',
	units: [],
	regions: []
};
export const bo: Account = { ...anna, id: 'bo', email: 'bo.ek@example.org', name: 'Bo Ek' };

/** Rounds in a folder of their own for the test that asks, gone when it is finished. */
export function freshRounds(): Rounds {
	const rounds = openRounds(mkdtempSync(join(tmpdir(), 'rounds-')));
	onTestFinished(() => {
		rounds.close();
		rmSync(rounds.folder, { recursive: true });
	});
	return rounds;
}

/** Puts an edition into the table, as one that has been frozen. */
export function addEdition(
	{ db }: Rounds,
	round: string,
	number: number,
	held = { from: `${round.slice(0, 4)}-01`, to: `${round.slice(0, 4)}-06` }
): void {
	db.prepare(
		`insert into edition (round, number, reason, state, period_from, period_to, cut_off, sent_on, frozen_at, frozen_by,
			definition, texts, notebook, program, entry, versions_sha256)
		values (?, ?, ?, 'frozen', ?, ?, ?, ?, ?, 'Anna Öst', 'd', 't', 'n', '1', 7, 'v')`
	).run(
		round,
		number,
		number > 1 ? 'A file came late' : null,
		held.from,
		held.to,
		`${round}-01`,
		`${round}-09`,
		evening
	);
}
