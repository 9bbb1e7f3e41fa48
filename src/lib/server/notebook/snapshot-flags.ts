import type { Scope } from '#lib/access/scope.ts';
import { flagSentence } from '#lib/format/flag-sentence.ts';
import type { Figure } from '#lib/measures/figure.ts';
import { byBirths, flagKey, type Flag } from '#lib/measures/flag.ts';
import type { Row, Table } from '#lib/notebook/table.ts';
import { firstDay, type Day } from '#lib/period/day.ts';
import { readView, type View } from '#lib/period/view.ts';
import { flagsOf, flagsSinceLastRound } from '#lib/server/figures/flags.ts';
import { followUps } from '#lib/server/figures/follow-ups.ts';
import type { Register } from '#lib/server/register/open.ts';

const columns = {
	unit: 'text',
	flag: 'text',
	kind: 'text',
	variable: 'text',
	form: 'text',
	severity: 'text',
	state: 'text',
	since: 'day',
	births: 'integer',
	numerator: 'integer',
	denominator: 'integer',
	acknowledged_until: 'day',
	sentence_sv: 'text',
	sentence_en: 'text'
} as const satisfies Table['columns'];

/**
 * The flags of the usual view of a day, as the register's pages show them, and those of the feedback before that are
 * no more; what concerns most births first. It is no part of a snapshot's file: to judge takes longer than to copy.
 */
export async function flagsTable(scope: Scope, register: Register, asOf: Day): Promise<Table> {
	const view = readView(new URLSearchParams(), asOf);
	const [flags, before] = await Promise.all([
		flagsOf(scope, register, view),
		flagsSinceLastRound(scope, register, view)
	]);
	const followed = await followUps(scope, register, flags, asOf);
	const fresh = new Set(before?.changes.new.map(flagKey));
	const row = (flag: Flag, seen: View, state: string | null): Row => ({
		...whatOf(flag),
		state,
		acknowledged_until:
			state === 'resolved' ? null : (followed.get(flagKey(flag))?.acknowledged?.until ?? null),
		sentence_sv: sentenceOf(flag, register, seen, 'sv'),
		sentence_en: sentenceOf(flag, register, seen, 'en')
	});
	const resolved = before?.changes.resolved ?? [];
	return {
		columns,
		rows: [
			...flags
				.toSorted(byBirths)
				.map((flag) => row(flag, view, before ? (fresh.has(flagKey(flag)) ? 'new' : 'persisting') : null)),
			...resolved.toSorted(byBirths).map((flag) => row(flag, before?.round ?? view, 'resolved'))
		]
	};
}

const sentenceOf = (flag: Flag, { definition }: Register, view: View, locale: 'sv' | 'en') =>
	`${flagSentence(flag, { definition, view, locale })}.`;

function whatOf(flag: Flag): Row {
	const since = 'since' in flag ? flag.since : null;
	const figure: Figure | null = 'figure' in flag ? flag.figure : null;
	const [firstMonth] = flag.kind === 'notReported' ? flag.months : [];
	return {
		unit: flag.unit,
		flag: flag.id,
		kind: flag.kind,
		variable: 'variable' in flag ? flag.variable : null,
		form: 'form' in flag ? flag.form : null,
		severity: flag.severity,
		since: since ? (since.day ?? firstDay(since.month)) : firstMonth ? firstDay(firstMonth) : null,
		births: flag.births,
		numerator: figure?.numerator ?? null,
		denominator: figure?.denominator ?? null
	};
}
