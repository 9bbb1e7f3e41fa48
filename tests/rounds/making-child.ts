/**
 * Makes the reports of an edition in a process of its own, so that it can be killed:
 * node tests/rounds/making-child.ts FOLDER ROUND EDITION. Prints a line after each report.
 */
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import { closeDesk } from '#lib/server/notebook/run.ts';
import { makeReports } from '#lib/server/rounds/make.ts';
import { openRounds } from '#lib/server/rounds/open.ts';
import { evening } from './moments.ts';
import { smallDefinition } from './sample-round.ts';

const [folder = '', round = '', edition = ''] = process.argv.slice(2);
const rounds = openRounds(folder);
const pool = createPdfPool(1);
await makeReports({ definition: await smallDefinition() }, rounds, round, Number(edition), {
	pool,
	now: () => evening,
	told: ({ done, total }) => console.log(`${done} of ${total}`)
});
await pool.close();
await closeDesk();
rounds.close();
