import { join } from 'node:path';
import { wholeNation } from '#lib/access/scope.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { addDays, type Day } from '#lib/period/day.ts';
import { isFeedback, roundsHeldIn, type Feedback } from '#lib/period/round.ts';
import { listAccounts } from '#lib/server/access/accounts.ts';
import { openAccess } from '#lib/server/access/open.ts';
import { createPdfPool } from '#lib/server/export/pdf-pool.ts';
import type { Register } from '#lib/server/register/open.ts';
import { addContact } from '#lib/server/rounds/contacts.ts';
import { dispatch } from '#lib/server/rounds/dispatch.ts';
import { noteFetched } from '#lib/server/rounds/fetches.ts';
import { folderPost } from '#lib/server/rounds/folder-post.ts';
import { freeze, type Listed } from '#lib/server/rounds/freeze.ts';
import { makeReports } from '#lib/server/rounds/make.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { queueMails } from '#lib/server/rounds/outbox.ts';
import { approve } from '#lib/server/rounds/release.ts';
import { senderOf } from './sender.ts';

/** The clock of a demo's day, in Sweden's winter time or near it. */
const momentOf = (day: Day, hour: number) =>
	Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00+01:00`);

/**
 * Holds the last feedback before today as it would have been held: frozen at its cut-off, made, approved by the demo's
 * administrator, and sent to the units' contacts — as files in `mail/`, as a demo has no mail server. Two units of
 * three have fetched their reports since. Of the antenatal clinics some have reports.
 */
export async function holdDemoRound(
	register: Register,
	units: readonly Unit[],
	{ seed, today, told }: { seed: number; today: Day; told: (done: number, total: number) => void }
): Promise<void> {
	const held = lastFeedback(today);
	const rounds = openRounds(register.folder);
	const pool = createPdfPool();
	try {
		for (const unit of units) addContacts(rounds, unit, seed, momentOf(addDays(held.cutOff, -90), 9));
		const frozenOn = addDays(held.cutOff, 1);
		const { round, number } = await freeze(
			register,
			rounds,
			held.heldIn,
			null,
			momentOf(frozenOn, 3),
			frozenOn,
			undefined,
			isInDemo
		);
		await makeReports(register, rounds, round, number, {
			pool,
			now: () => momentOf(frozenOn, 4),
			told: ({ done, total }) => told(done, total)
		});
		approve(rounds, round, number, administrator(register.folder), momentOf(addDays(held.sentOn, -1), 15));
		await send(register, rounds, held, number);
		units.forEach((unit, at) => {
			if (at % 3 === 2) return;
			const { name } = senderOf(unit, seed);
			const instant = momentOf(addDays(held.sentOn, at % 8), 8 + (at % 9));
			noteFetched(rounds, { round, edition: number, unit: unit.id, who: null, name, instant });
		});
	} finally {
		await pool.close();
		rounds.close();
	}
}

/** Of the clinics the first one of every tenth unit only: all would take some minutes. */
const isInDemo = ({ kind, subject }: Listed) => kind !== 'clinic' || subject.of.endsWith('001');

/** The last round whose reports were sent before a day. */
function lastFeedback(today: Day): Feedback {
	const year = Number(today.slice(0, 4));
	const sent = [year - 1, year]
		.flatMap(roundsHeldIn)
		.filter(isFeedback)
		.filter(({ sentOn }) => sentOn < today);
	const [last] = sent.toSorted((a, b) => b.sentOn.localeCompare(a.sentOn));
	if (!last) throw new Error(`No round was sent before ${today}.`);
	return last;
}

/** The unit's sender is its first contact; larger units have a second one. */
function addContacts(rounds: Rounds, unit: Unit, seed: number, instant: number): void {
	const { name } = senderOf(unit, seed);
	addContact(rounds, unit.id, { name, email: `${unit.id}@demo.example`, locale: 'sv' }, instant);
	if (unit.births_per_year < 2500) return;
	const desk = { name: unit.name, email: `kvalitet.${unit.id}@demo.example`, locale: 'sv' } as const;
	addContact(rounds, unit.id, desk, instant);
}

function administrator(folder: string) {
	const access = openAccess(folder);
	try {
		return listAccounts(access).find(({ role }) => role === 'administrator') ?? null;
	} finally {
		access.close();
	}
}

async function send(register: Register, rounds: Rounds, held: Feedback, number: number): Promise<void> {
	const { definition, folder } = register;
	const instant = momentOf(held.sentOn, 7);
	queueMails(wholeNation, rounds, definition, held.heldIn, number, instant);
	const from = { name: definition.register.name.sv, address: 'bortfall@demo.example' };
	await dispatch(rounds, {
		definition,
		origin: 'http://localhost:3000',
		settings: { from, attach: true },
		post: folderPost(join(folder, 'mail')),
		now: () => instant
	});
}
