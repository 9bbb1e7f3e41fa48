import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { restoredMark } from '#lib/server/register/restore.ts';
import { settleRestored } from '#lib/server/rounds/after-restore.ts';
import { mailsOf } from '#lib/server/rounds/outbox.ts';
import { bo, morning, queued, round } from './fresh-rounds.ts';

test('what waits is doubted once after a backup came back, and never otherwise', async () => {
	const definition = await loadDefinition('data/mfr');
	const rounds = queued({ danderyd: [bo] });
	const states = () => mailsOf(wholeNation, rounds, round).map(({ state }) => state);
	settleRestored(wholeNation, rounds, definition, morning);
	expect(states()).toEqual(['queued']);
	const mark = join(rounds.folder, restoredMark);
	writeFileSync(mark, '');
	settleRestored(wholeNation, rounds, definition, morning);
	expect(states()).toEqual(['doubtful']);
	expect(existsSync(mark)).toBe(false);
});
