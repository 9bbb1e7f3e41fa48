import { BORTFALL_DATA, BORTFALL_REGISTER, BORTFALL_TWO_PEOPLE, ORIGIN } from '$app/env/private';
import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import { listAccounts } from '#lib/server/access/accounts.ts';
import { servedAccess } from '#lib/server/access/served.ts';
import { servedRegister } from '#lib/server/register/served.ts';
import { settleRestored } from '#lib/server/rounds/after-restore.ts';
import { freeze } from '#lib/server/rounds/freeze.ts';
import { making, type MakingJob } from '#lib/server/rounds/making.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';
import { schedule } from '#lib/server/rounds/schedule.ts';
import { servedRounds } from '#lib/server/rounds/served.ts';
import { mailSettings } from './requests/mail-settings.ts';

/** What the server does besides answering: it makes reports, and carries the plan of the rounds out. */
export type Works = { making: MakingJob; wake(): void; stop(): Promise<void> };

const register = () => servedRegister(BORTFALL_DATA, BORTFALL_REGISTER);

/**
 * Goes on with the reports that were being made, and begins to carry the plan out, what was missed first. Throws
 * where a setting of the mails cannot be used. `now` gives the moment, ms since 1970.
 */
export async function startWorks(now: () => number): Promise<Works> {
	const mails = mailSettings(join(BORTFALL_DATA, 'mail'));
	const { definition } = await register();
	let known: Rounds | undefined;
	const rounds = () => {
		const served = servedRounds(BORTFALL_DATA, { twoPeople: BORTFALL_TWO_PEOPLE });
		// others than a moment ago: a backup may have taken their place
		if (served !== known) settleRestored(wholeNation, served, definition, now());
		return (known = served);
	};
	const onError = (error: unknown) => console.error(error);
	const job = making({ rounds, register, now, onError });
	const plan = schedule({
		...mails,
		rounds,
		scope: wholeNation,
		definition,
		origin: ORIGIN,
		now,
		freeze: async (round, instant, today) => freeze(await register(), rounds(), round, null, instant, today),
		make: (round, edition) => job.start(round, edition),
		isMaking: (round, edition) => job.progress(round, edition)?.underWay ?? false,
		administrators: () =>
			listAccounts(servedAccess(BORTFALL_DATA))
				.filter(({ role, state }) => role === 'administrator' && state === 'open')
				.map((account) => ({ ...account, locale: 'sv' as const })),
		onError
	});
	job.goOn();
	return {
		making: job,
		wake: () => void plan.wake(),
		async stop() {
			await plan.stop();
			await job.stop();
		}
	};
}
