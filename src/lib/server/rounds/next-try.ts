const minute = 60_000;
const day = 24 * 60 * minute;

/** How long to wait after the first attempts, in minutes; after those it is an hour. */
const waits = [1, 5, 25];

/**
 * When a mail is tried again (ms since 1970) that has been tried so many times, the first time at `firstTriedAt`: after
 * 1, 5 and 25 minutes, then every hour. Null when a day of trying is over.
 */
export function nextTry(attempts: number, firstTriedAt: number, instant: number): number | null {
	const next = instant + (waits[attempts - 1] ?? 60) * minute;
	return next - firstTriedAt <= day ? next : null;
}
