import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from '#lib/access/scope.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { restoredMark } from '#lib/server/register/restore.ts';
import { editionsOf } from './edition.ts';
import { move } from './mail-moves.ts';
import { transaction, type Rounds } from './open.ts';
import { queueMails } from './outbox.ts';
import { heldBack } from './released.ts';

/**
 * For rounds that came back from a backup: what waited in the outbox then, and what has been released and was not in
 * it yet, may have been sent since. It becomes doubtful, for people to settle, and nothing of it is sent by itself.
 * Gives how many mails.
 */
export function doubtRestored(scope: Scope, rounds: Rounds, definition: Definition, instant: number): number {
	return transaction(rounds, () => {
		for (const { round, number } of editionsOf(rounds))
			if (!heldBack(rounds, round, number)) queueMails(scope, rounds, definition, round, number, instant);
		const waiting = rounds.db.prepare(`select key from mail where state in ('queued', 'sending')`).all();
		for (const { key } of waiting)
			move(rounds, String(key), ['queued', 'sending'], 'doubtful', instant, { fault: 'restored' });
		return waiting.length;
	});
}

/** Doubts what waits, as `doubtRestored` does, in a data folder that has just come back from a backup; else nothing. */
export function settleRestored(scope: Scope, rounds: Rounds, definition: Definition, instant: number): void {
	const mark = join(rounds.folder, restoredMark);
	if (!existsSync(mark)) return;
	doubtRestored(scope, rounds, definition, instant);
	rmSync(mark, { force: true });
}
