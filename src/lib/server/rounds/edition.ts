import { z } from 'zod';
import type { Account } from '#lib/access/role.ts';
import { isBirthMonth, yearOf } from '#lib/period/birth-month.ts';
import type { Day } from '#lib/period/day.ts';
import { roundsHeldIn, type Round } from '#lib/period/round.ts';
import type { View } from '#lib/period/view.ts';
import type { Rounds } from './open.ts';

/** What has become of an edition; a round without one is planned. */
export const editionStates = ['frozen', 'made', 'released', 'dispatched'] as const;
export type EditionState = (typeof editionStates)[number];

/**
 * By what an edition was frozen: the fingerprint of what the definition counts by (as the reports tell it) and of all
 * that it says, of the notebooks, the program, and the last entry of the ledger.
 */
export type Versions = {
	definition: string;
	texts: string;
	notebook: string;
	program: string;
	entry: number;
};

/** Somebody's word that an edition may go out. */
export type Approval = { who: string; name: string; at: number };

/** One making of a round's reports. Moments are ms since 1970. `frozenBy` and `releasedBy` are names. */
export type Edition = {
	round: string;
	number: number;
	reason: string | null;
	state: EditionState;
	frozenAt: number;
	frozenBy: string;
	madeAt: number | null;
	approvals: Approval[];
	releasedAt: number | null;
	releasedBy: string | null;
	dispatchedAt: number | null;
	versions: Versions;
	/** What the round was held to be when it was frozen. */
	held: Round;
	/** The SHA-256 of what stands beside the frozen figures: their versions and the hash of each file. */
	frozenSha256: string;
};

const columns = `round, number, reason, state, period_from, period_to, cut_off, sent_on, frozen_at, frozen_by, made_at,
	released_at, released_by, dispatched_at, definition, texts, notebook, program, entry, versions_sha256`;

const text = z.string();
const moment = z.int().nullable();
const row = z
	.object({
		round: text,
		number: z.int(),
		reason: text.nullable(),
		state: z.enum(editionStates),
		period_from: text,
		period_to: text,
		cut_off: text,
		sent_on: text.nullable(),
		frozen_at: z.int(),
		frozen_by: text,
		made_at: moment,
		released_at: moment,
		released_by: text.nullable(),
		dispatched_at: moment,
		definition: text,
		texts: text,
		notebook: text,
		program: text,
		entry: z.int(),
		versions_sha256: text
	})
	.transform((r): Omit<Edition, 'approvals'> => ({
		round: r.round,
		number: r.number,
		reason: r.reason,
		state: r.state,
		frozenAt: r.frozen_at,
		frozenBy: r.frozen_by,
		madeAt: r.made_at,
		releasedAt: r.released_at,
		releasedBy: r.released_by,
		dispatchedAt: r.dispatched_at,
		versions: {
			definition: r.definition,
			texts: r.texts,
			notebook: r.notebook,
			program: r.program,
			entry: r.entry
		},
		held: {
			period: { from: r.period_from, to: r.period_to },
			heldIn: r.round,
			cutOff: r.cut_off,
			sentOn: r.sent_on
		},
		frozenSha256: r.versions_sha256
	}));

const approval = z.object({ who: text, name: text, at: z.int() });

/** The editions of a round, or of all rounds, the newest first. */
export function editionsOf({ db }: Rounds, round?: string): Edition[] {
	const found = db
		.prepare(`select ${columns} from edition where ?1 is null or round = ?1 order by round desc, number desc`)
		.all(round ?? null);
	const approvals = db.prepare(
		'select who, name, at from approval where round = ? and edition = ? order by at'
	);
	return z
		.array(row)
		.parse(found)
		.map((edition) => ({
			...edition,
			approvals: z.array(approval).parse(approvals.all(edition.round, edition.number))
		}));
}

/** One edition of a round, or its newest. */
export function findEdition(rounds: Rounds, round: string, number?: number): Edition | undefined {
	return editionsOf(rounds, round).find((edition) => number === undefined || edition.number === number);
}

/** An edition that whoever asks has found before. Throws when there is none. */
export function existingEdition(rounds: Rounds, round: string, number: number): Edition {
	const edition = findEdition(rounds, round, number);
	if (!edition) throw new Error(`There is no edition ${number} of the round ${round}.`);
	return edition;
}

/** The round that the calendar holds in a month such as 2026-09; undefined where it holds none. */
export function roundHeldIn(id: string): Round | undefined {
	if (!isBirthMonth(id)) return undefined;
	return roundsHeldIn(yearOf(id)).find(({ heldIn }) => heldIn === id);
}

/** What the reports of a round look at, and from which day. */
export const roundView = ({ period, cutOff }: Round): View & { asOf: Day } => ({
	period,
	asOf: cutOff,
	years: 3,
	basis: 'sameDay'
});

/** The name under what somebody has done; null is a command, or the plan. */
export const nameOf = (by: Account | null) => by?.name ?? 'Bortfall';
