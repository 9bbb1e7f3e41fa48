import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { addContact, type Contact, type NewContact } from '#lib/server/rounds/contacts.ts';
import type { Dispatching } from '#lib/server/rounds/dispatch.ts';
import { openRounds, type Rounds } from '#lib/server/rounds/open.ts';
import { queueMails } from '#lib/server/rounds/outbox.ts';
import type { Post } from '#lib/server/rounds/post.ts';

export const definition = await loadDefinition('data/mfr');
export const round = '2026-09';
export const minute = 60_000;
export const hour = 60 * minute;
/** The morning on which the round of September 2026 is sent. */
export const morning = Date.parse('2026-09-09T07:00:00+02:00');

/** Rounds of their own for the test that asks, gone when it is finished. */
export function freshRounds(): Rounds {
	const rounds = openRounds(mkdtempSync(join(tmpdir(), 'dispatch-')));
	onTestFinished(() => {
		rounds.close();
		rmSync(rounds.folder, { recursive: true });
	});
	return rounds;
}

/** The bytes that stand for a report's PDF: every one different, none of them text. */
export function pdfOf(unit: string, locale: Locale, edition = 1): Buffer {
	const seed = createHash('sha512').update(`${unit} ${locale} ${edition}`).digest();
	return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...Array.from({ length: 200 }, () => seed)]);
}

/** What stands for the first sentence of a unit's report, with what a careless mail would trip over. */
export const openingOf = (unit: string, locale: Locale) =>
	locale === 'sv'
		? `${unit} har rapporterat 3 104 födslar, 2,1 % färre än väntat <och> "åäö".`
		: `${unit} has reported 3,104 births, 2.1% fewer than expected <and> "åäö".`;

/** Puts an edition of the round into the tables as it is when its reports are made, released if not said otherwise. */
export function addEdition(
	rounds: Rounds,
	units: readonly string[],
	number = 1,
	state: 'frozen' | 'made' | 'released' = 'released',
	id = round
): void {
	const days: Record<string, string[]> = {
		'2026-09': ['2026-01', '2026-06', '2026-09-01', '2026-09-09'],
		'2026-12': ['2026-01', '2026-09', '2026-12-01', '2026-12-09']
	};
	rounds.db
		.prepare(
			`insert into edition (round, number, reason, state, period_from, period_to, cut_off, sent_on, frozen_at,
				frozen_by, definition, texts, notebook, program, entry, versions_sha256)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'Anna Öst', '', '', '', '', 1, '')`
		)
		.run(id, number, number > 1 ? 'Late births' : null, state, ...(days[id] ?? []), morning);
	for (const unit of units)
		for (const locale of ['sv', 'en'] as const) {
			const path = `rounds/${id}/${number}/reports/unit/${unit}-${locale}.pdf`;
			const bytes = pdfOf(unit, locale, number);
			mkdirSync(dirname(join(rounds.folder, path)), { recursive: true });
			writeFileSync(join(rounds.folder, path), bytes);
			rounds.db
				.prepare(
					`insert into report (round, edition, kind, subject, unit, locale, format, state, sha256, bytes, path, opening)
					values (?, ?, 'unit', ?, ?, ?, 'pdf', 'made', ?, ?, ?, ?)`
				)
				.run(
					id,
					number,
					unit,
					unit,
					locale,
					createHash('sha256').update(bytes).digest('hex'),
					bytes.length,
					path,
					openingOf(unit, locale)
				);
		}
}

export const bo: NewContact = { name: 'Bo Ek', email: 'bo.ek@example.org', locale: 'sv' };
export const eve: NewContact = { name: 'Eve Hall', email: 'eve@example.org', locale: 'en' };

/** A contact of a unit; fails the test when it could not be kept. */
export function contact(rounds: Rounds, unit: string, who: NewContact): Contact {
	const added = addContact(rounds, unit, who, morning);
	if ('wrong' in added) throw new Error(`Wrong: ${added.wrong.join()}`);
	return added;
}

/** Rounds with a released edition for some units and their contacts, and the mails in the outbox. */
export function queued(contacts: Record<string, NewContact[]> = { danderyd: [bo] }): Rounds {
	const rounds = freshRounds();
	addEdition(rounds, Object.keys(contacts));
	for (const [unit, each] of Object.entries(contacts)) for (const who of each) contact(rounds, unit, who);
	queueMails(wholeNation, rounds, definition, round, 1, morning);
	return rounds;
}

/** What a dispatch is done with, by a clock that a test can move. */
export const dispatching = (post: Post, clock = { at: morning }): Dispatching => ({
	now: () => clock.at,
	post,
	definition,
	origin: 'https://bortfall.example.org',
	settings: {
		from: { name: '', address: 'mfr@register.example' },
		replyTo: { name: 'Registret', address: 'svar@register.example' },
		attach: true
	}
});
