import type { Database } from '#lib/server/db/database.ts';
import type { Register } from '#lib/server/register/open.ts';

/** Answers that hold for all who ask, with the revision of the database by which they were given. */
type Memory = { revision: number; answers: Map<string, Promise<unknown>> };

const memories = new WeakMap<Database, Memory>();

/** So many answers are kept: a few views of a few periods. */
const most = 60;

/**
 * What `ask` answers, asked once for each key until something is written. For figures of the whole nation,
 * which every unit's page shows the same of; never for what hangs on who asks. The answer must not be changed.
 */
export function remembered<Answer>(
	{ db }: Register,
	key: readonly unknown[],
	ask: () => Promise<Answer>
): Promise<Answer> {
	let memory = memories.get(db);
	if (!memory || memory.revision !== db.revision)
		memories.set(db, (memory = { revision: db.revision, answers: new Map() }));
	const { answers } = memory;
	const written = JSON.stringify(key);
	const known = answers.get(written);
	if (known) return known as Promise<Answer>;
	const answer = ask();
	answers.set(written, answer);
	// a question that failed is asked again
	answer.catch(() => answers.delete(written));
	const [oldest] = answers.keys();
	if (answers.size > most && oldest !== undefined) answers.delete(oldest);
	return answer;
}
