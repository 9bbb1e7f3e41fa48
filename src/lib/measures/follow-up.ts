import type { Day } from '#lib/period/day.ts';
import type { Flag, Severity } from './flag.ts';

export const noteKinds = ['acknowledged', 'note', 'withdrawn'] as const;
export const reasons = ['known', 'beingMended', 'notAnError', 'systemChange'] as const;
export const severities = ['low', 'middle', 'high'] as const satisfies readonly Severity[];

export type NoteKind = (typeof noteKinds)[number];

/** Why a flag may rest for a while. */
export type Reason = (typeof reasons)[number];

/**
 * An entry in the log of a flag. Only an acknowledgement has a reason, and a day until which it holds, that day
 * included. `at` is local time in Sweden, `YYYY-MM-DD HH:MM:SS`; `who` is a name as it was typed. `births` and
 * `severity` are the flag's when the note was written, and null where it was no longer there.
 */
export type Note = {
	unit: string;
	/** The flag's id within its unit. */
	flag: string;
	/** Counts up from 1 within the flag. */
	number: number;
	at: string;
	who: string | null;
	kind: NoteKind;
	reason: Reason | null;
	text: string;
	until: Day | null;
	births: number | null;
	severity: Severity | null;
};

/** Why a flag that was acknowledged is to be looked at again. */
export type Back = 'expired' | 'worse';

/**
 * How a flag is followed up. `acknowledged` is the acknowledgement that holds. Where one holds no longer, `back`
 * says why and `ended` is that one; one that was withdrawn leaves nothing behind but its place in the log.
 */
export type FollowUp = { acknowledged: Note | null; back: Back | null; ended: Note | null };

/** Of a flag that nobody has noted anything about. */
export const notFollowedUp: FollowUp = { acknowledged: null, back: null, ended: null };

/** By how much the births concerned must have grown, in proportion and in number, for a matter to be worse. */
const growth = { times: 1.5, births: 10 };

/**
 * How a flag is followed up on a day, by the notes that were written until then; notes on other flags are left
 * aside. The newest acknowledgement counts. It holds until its day has passed, it is withdrawn, or the matter
 * worsens: a higher severity than when it was written, or half as many births again concerned and at least ten
 * more. A matter that is worse is told as such also when the day has passed.
 */
export function followUp(flag: Flag, notes: readonly Note[], asOf: Day): FollowUp {
	const newest = notes
		.filter((note) => note.flag === flag.id && note.unit === flag.unit)
		.filter((note) => note.kind !== 'note' && note.at.slice(0, 10) <= asOf)
		.reduce<Note | null>((last, note) => (last && last.number > note.number ? last : note), null);
	if (newest?.kind !== 'acknowledged') return notFollowedUp;
	const back = whyBack(flag, newest, asOf);
	return back === null
		? { acknowledged: newest, back, ended: null }
		: { acknowledged: null, back, ended: newest };
}

function whyBack(flag: Flag, { until, births, severity }: Note, asOf: Day): Back | null {
	const graver = severity !== null && severities.indexOf(flag.severity) > severities.indexOf(severity);
	const more =
		births !== null && flag.births >= births * growth.times && flag.births >= births + growth.births;
	if (graver || more) return 'worse';
	return until !== null && asOf > until ? 'expired' : null;
}
