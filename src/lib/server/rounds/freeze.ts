import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Account } from '#lib/access/role.ts';
import { literal } from '#lib/catalogue/sql.ts';
import { locales } from '#lib/catalogue/text.ts';
import { addDays, type Day } from '#lib/period/day.ts';
import { lastRound } from '#lib/period/last-round.ts';
import type { Round } from '#lib/period/round.ts';
import type { View } from '#lib/period/view.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import type { Writer } from '#lib/server/db/database.ts';
import { daysOfFlags } from '#lib/server/figures/flags.ts';
import { nextNumbers } from '#lib/server/register/ledger-entry.ts';
import type { Register } from '#lib/server/register/open.ts';
import { syncFolder } from '#lib/server/register/sync-folder.ts';
import { existingEdition, findEdition, nameOf, roundView, type Edition, type Versions } from './edition.ts';
import { editionFolder, editionPath, frozenText, versionsName, type FrozenFile } from './frozen-folder.ts';
import { frozenRegister } from './frozen-register.ts';
import { frozenDay, frozenTables } from './frozen-tables.ts';
import { kinds } from './kinds.ts';
import { transaction, type Rounds } from './open.ts';
import type { Kind, ReportFormat, Subject } from './report-kind.ts';
import { findRound } from './rounds.ts';
import { sha256, versionsNow } from './versions.ts';
import { syncFile, writeWhole } from './whole-file.ts';

/** The calendar holds no such round. */
export class NoSuchRound extends Error {}

/** A round is frozen when its cut-off day is over: what is received on that day counts. */
export class TooEarly extends Error {
	readonly from: Day;
	constructor(id: string, from: Day) {
		super(`The round ${id} can be frozen from ${from} on.`);
		this.name = 'TooEarly';
		this.from = from;
	}
}

/** An edition after the first is a correction, and says why. */
export class ReasonNeeded extends Error {}

/** So long may a reason be. */
export const mostReasonCharacters = 500;

type Chosen = (report: Listed) => boolean;

/** The first day on which a round can be frozen. */
export const frozenFrom = ({ cutOff }: Round): Day => addDays(cutOff, 1);

/**
 * Freezes a round: what its reports read is copied as it stood on the cut-off day, with the versions of definition,
 * notebooks and program and the last entry of the ledger, and the reports to make are listed. It is written beside and
 * then put in its place, and takes no edition's place: after the first, an edition is a correction with a `reason`.
 * Submissions wait meanwhile. Throws NoSuchRound, TooEarly or ReasonNeeded.
 *
 * @param by who does it; null is a command
 * @param chosen which of the reports that there could be are to be made: all, unless it is a demo
 */
export async function freeze(
	register: Register,
	rounds: Rounds,
	id: string,
	by: Account | null,
	instant: number,
	today: Day,
	reason?: string,
	chosen: Chosen = () => true
): Promise<Edition> {
	const round = findRound(rounds, id, today)?.round;
	if (!round) throw new NoSuchRound(`There is no round ${id}.`);
	if (today < frozenFrom(round)) throw new TooEarly(id, frozenFrom(round));
	const versions = await versionsNow(register.definition);
	// one writer at a time, so that nothing comes in meanwhile, and no second edition gets the same number
	return register.db.alone(async (writer) => {
		const number = (findEdition(rounds, id)?.number ?? 0) + 1;
		const why = withoutIdentityNumbers(reason?.trim() ?? '').slice(0, mostReasonCharacters) || null;
		if (number > 1 && why === null)
			throw new ReasonNeeded(`The round ${id} has an edition already: a new one needs its reason.`);
		const place = editionFolder(rounds, id, number);
		const draft = `${place}.new`;
		// what a process that died has left; no edition was made of it
		for (const left of [draft, place]) await rm(left, { recursive: true, force: true });
		const folder = join(draft, 'frozen');
		await mkdir(folder, { recursive: true, mode: 0o700 });
		const { files, days } = await copyFigures(writer, register, round, folder);
		const entry = (await nextNumbers(writer)).entry - 1;
		const text = frozenText({
			format: 1,
			round: id,
			edition: number,
			reason: why,
			period: round.period,
			cutOff: round.cutOff,
			days,
			versions: { ...versions, entry },
			files
		});
		await writeWhole(join(folder, versionsName), Buffer.from(text));
		const subjects = (await subjectsOf(register, round, folder)).filter(chosen);
		await syncFolder(folder);
		await rename(draft, place);
		await syncFolder(dirname(place));
		return transaction(rounds, () => {
			const frozen = { round, number, reason: why, by: nameOf(by), instant, sha256: sha256(text) };
			keepEdition(rounds, frozen, { ...versions, entry });
			for (const { kind, formats, subject } of subjects)
				keepWaiting(rounds, id, number, kind, formats, subject);
			return existingEdition(rounds, id, number);
		});
	});
}

/** The views of a round whose flags its reports tell: its own, and that of the round before. */
function viewsOf(round: Round): View[] {
	const view = roundView(round);
	const before = lastRound(view);
	return before ? [view, before] : [view];
}

const counted = z.object({ n: z.int() });
const dayShape = {
	as_of: 'DATE',
	unit: 'VARCHAR',
	subject: 'VARCHAR',
	day: 'DATE',
	applicable: 'INTEGER',
	recorded: 'INTEGER'
};

async function copyFigures(
	writer: Writer,
	register: Register,
	round: Round,
	folder: string
): Promise<{ files: FrozenFile[]; days: Day[] }> {
	const views = viewsOf(round);
	const days = (await Promise.all(views.map((view) => daysOfFlags(register, view)))).flat();
	const files: FrozenFile[] = [];
	const copy = async (table: string, rowsSql: string) => {
		const file = `${table}.parquet`;
		const path = join(folder, file);
		await writer.run(`copy (${rowsSql}) to ${literal(path)} (format parquet, compression zstd)`);
		await syncFile(path);
		const bytes = await readFile(path);
		const [found] = await writer.rows(
			counted,
			`select count(*)::integer as n from read_parquet(${literal(path)})`
		);
		files.push({ table, file, rows: found?.n ?? 0, bytes: bytes.length, sha256: sha256(bytes) });
	};
	for (const { name, rowsSql } of frozenTables) await copy(name, rowsSql(round, register.definition));
	await writer.run(
		`create or replace temp table frozen_days as
		select unnest(from_json($rows::json, ${literal(JSON.stringify([dayShape]))}), recursive := true)`,
		{ rows: JSON.stringify(days.map(({ asOf, ...counts }) => ({ as_of: asOf, ...counts }))) }
	);
	await copy(
		frozenDay,
		'select as_of, unit, subject, day, applicable, recorded from frozen_days order by all'
	);
	await writer.run('drop table frozen_days');
	return { files, days: views.map(({ asOf }) => asOf) };
}

/** A report that there could be of a round. */
export type Listed = { kind: Kind; formats: readonly ReportFormat[]; subject: Subject };

/** Whom there are reports about, read from what was frozen: so it is seen that it can be read. */
async function subjectsOf({ definition }: Register, round: Round, folder: string): Promise<Listed[]> {
	const frozen = await frozenRegister(definition, folder);
	try {
		const found: Listed[] = [];
		for (const { kind, formats, list } of kinds)
			for (const subject of await list(frozen, round)) found.push({ kind, formats, subject });
		return found;
	} finally {
		frozen.db.close();
	}
}

type Frozen = {
	round: Round;
	number: number;
	reason: string | null;
	by: string;
	instant: number;
	sha256: string;
};

function keepEdition({ db }: Rounds, frozen: Frozen, versions: Versions): void {
	const { round, number, reason, by, instant } = frozen;
	const { definition, texts, notebook, program, entry } = versions;
	db.prepare(
		`insert into edition (round, number, reason, state, period_from, period_to, cut_off, sent_on, frozen_at, frozen_by,
			definition, texts, notebook, program, entry, versions_sha256)
		values (?, ?, ?, 'frozen', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	).run(
		round.heldIn,
		number,
		reason,
		round.period.from,
		round.period.to,
		round.cutOff,
		round.sentOn,
		instant,
		by,
		definition,
		texts,
		notebook,
		program,
		entry,
		frozen.sha256
	);
}

/** Enters a report's files as waiting to be made. */
function keepWaiting(
	{ db }: Rounds,
	round: string,
	edition: number,
	kind: Kind,
	formats: readonly ReportFormat[],
	{ of, unit }: Subject
): void {
	const insert = db.prepare(
		`insert into report (round, edition, kind, subject, unit, locale, format, state, path)
		values (?, ?, ?, ?, ?, ?, ?, 'waiting', ?)`
	);
	for (const locale of locales)
		for (const format of formats) {
			const path = `${editionPath(round, edition)}/reports/${kind}/${of}-${locale}.${format}`;
			insert.run(round, edition, kind, of, unit, locale, format, path);
		}
}
