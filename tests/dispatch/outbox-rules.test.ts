import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { addContact, changeContact, contactsOf, endContact } from '#lib/server/rounds/contacts.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { findEdition } from '#lib/server/rounds/edition.ts';
import { sameEmail } from '#lib/server/rounds/mail-address.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { mailsOf, queueMails } from '#lib/server/rounds/outbox.ts';
import type { Handed, Letter } from '#lib/server/rounds/post.ts';
import { addEdition, bo, definition, dispatching, hour, morning, round } from './fresh-rounds.ts';

// few of each, so that they meet
const units = ['danderyd'];
const emails = ['a@example.org', 'A@Example.org', 'b@örebro.example'];

const anyUnit = fc.constantFrom(...units);
const anyEmail = fc.constantFrom(...emails);
const anyNumber = fc.integer({ min: 1, max: 3 });
const anyOutcome = fc.constantFrom('sent', 'later', 'stop', 'failed', 'doubtful', 'killed');

/** Something that happens to an outbox in the life of a round, without anybody who settles or sends once more. */
const step = fc.oneof(
	fc.record({ what: fc.constant('add' as const), unit: anyUnit, email: anyEmail }),
	fc.record({ what: fc.constant('change' as const), unit: anyUnit, number: anyNumber, email: anyEmail }),
	fc.record({ what: fc.constant('end' as const), unit: anyUnit, number: anyNumber }),
	fc.record({ what: fc.constant('queue' as const) }),
	fc.record({ what: fc.constant('correct' as const) }),
	fc.record({ what: fc.constant('dispatch' as const), outcomes: fc.array(anyOutcome, { maxLength: 6 }) }),
	fc.record({ what: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) })
);

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;
type Out = { key: string; edition: number; unit: string; to: string };

/** What may have reached somebody, and what is wrong with it, if anything. */
async function play(rounds: Rounds, steps: Step[]): Promise<{ out: Out[]; wrong: string[] }> {
	const clock = { at: morning };
	const out: Out[] = [];
	const wrong: string[] = [];
	let edition = 1;
	const send = (letter: Letter, outcomes: string[]): Promise<Handed> => {
		const as = outcomes.shift() ?? 'sent';
		const [, ofEdition, at = '', contact] = letter.key.split('.');
		const to = contactsOf(wholeNation, rounds, at).find((who) => who.number === Number(contact));
		if (to?.endedAt !== null || to.email !== letter.to.address) wrong.push(`${letter.key} to a wrong one`);
		if (Number(ofEdition) !== edition) wrong.push(`${letter.key} of an old edition`);
		if (as === 'later' || as === 'stop')
			return Promise.resolve({ as: 'later', fault: '451', stop: as === 'stop' });
		if (as === 'failed') return Promise.resolve({ as, fault: '550' });
		out.push({ key: letter.key, edition, unit: at, to: sameEmail(letter.to.address) });
		if (as === 'killed') return Promise.reject(new Error('killed'));
		return Promise.resolve(as === 'sent' ? { as, answer: '' } : { as: 'doubtful', fault: 'cut' });
	};
	const run = (outcomes: string[]) =>
		dispatch(rounds, dispatching({ isMail: true, send: (letter) => send(letter, outcomes) }, clock)).catch(
			(error: unknown) => {
				if (!(error instanceof Error) || error.message !== 'killed') throw error;
			}
		);
	addEdition(rounds, units);
	for (const each of steps) {
		const known = 'number' in each && contactsOf(wholeNation, rounds, each.unit).length >= each.number;
		if (each.what === 'add') addContact(rounds, each.unit, { ...bo, email: each.email }, clock.at);
		else if (each.what === 'change' && known)
			changeContact(rounds, each.unit, each.number, { ...bo, email: each.email });
		else if (each.what === 'end' && known) endContact(rounds, each.unit, each.number, clock.at);
		else if (each.what === 'queue') queueMails(wholeNation, rounds, definition, round, edition, clock.at);
		else if (each.what === 'correct') addEdition(rounds, units, ++edition);
		else if (each.what === 'dispatch') await run(each.outcomes);
		else if (each.what === 'wait') clock.at += each.hours * hour;
	}
	queueMails(wholeNation, rounds, definition, round, edition, clock.at);
	clock.at += 48 * hour;
	await run([]);
	return { out, wrong };
}

test('whatever happens, nobody gets two mails of an edition by the program’s own doing, and nothing waits for ever', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25, size: 'max' }), async (steps) => {
			const rounds = openRounds(mkdtempSync(join(tmpdir(), 'outbox-')));
			// nothing here outlives its run, so that no write need wait for the disk
			rounds.db.exec('pragma synchronous = off');
			try {
				const { out, wrong } = await play(rounds, steps);
				expect(wrong).toEqual([]);
				expect(new Set(out.map(({ key }) => key)).size).toBe(out.length);
				const people = out.map((each) => [each.edition, each.unit, each.to].join());
				expect(new Set(people).size).toBe(out.length);
				const after = mailsOf(wholeNation, rounds, round);
				for (const { key, state, sentAt } of after) {
					expect(['sent', 'failed', 'doubtful', 'dropped'], key).toContain(state);
					const isOut = out.some((each) => each.key === key);
					expect(isOut, key).toBe(state === 'sent' || state === 'doubtful');
					expect(sentAt !== null, key).toBe(state === 'sent');
				}
				const newest = findEdition(rounds, round);
				if (after.some(({ edition }) => edition === newest?.number)) expect(newest?.state).toBe('dispatched');
				for (const { unit, number, email, endedAt } of contactsOf(wholeNation, rounds)) {
					const isTried = after.some(
						(mail) =>
							mail.edition === newest?.number &&
							mail.unit === unit &&
							['sent', 'failed', 'doubtful'].includes(mail.state) &&
							(mail.contact === number || sameEmail(mail.email) === sameEmail(email))
					);
					expect(isTried || endedAt !== null, `${unit} ${number} is forgotten`).toBe(true);
				}
			} finally {
				rounds.close();
				rmSync(rounds.folder, { recursive: true });
			}
		}),
		{ numRuns: 150 }
	);
}, 60_000);
