import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PdfPool } from '#lib/server/export/pdf-pool.ts';
import { remembering } from '#lib/server/feedback/remembering.ts';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { syncFolder } from '#lib/server/register/sync-folder.ts';
import { damagedReports, noteDamaged } from './damaged.ts';
import { existingEdition } from './edition.ts';
import { editionFolder } from './frozen-folder.ts';
import { frozenRegister } from './frozen-register.ts';
import { kindNamed } from './kinds.ts';
import { transaction, type Rounds } from './open.ts';
import { keptFault } from './report-fault.ts';
import type { MadeOf, RunReport } from './report-kind.ts';
import { allReports, picturePath, type ReportRow } from './reports.ts';
import { checkVersions, sha256 } from './versions.ts';
import { writeWhole } from './whole-file.ts';

/** How many files there are, are made and could not be made. */
export type MadeSoFar = { done: number; total: number; failed: number };

export type MakeOptions = {
	pool: PdfPool;
	/** Ends the making: what is not made yet waits. */
	signal?: AbortSignal;
	/** Told after each report. */
	told?: (progress: MadeSoFar) => void;
	/** The moment, in ms since 1970. */
	now: () => number;
};

/** So many reports are under way at once: while one is set on paper, another's figures are asked for. */
const underWay = 4;

/**
 * Makes the reports of an edition that wait, have failed or are damaged, from what was frozen. One that fails is named with its
 * fault and does not stop the others. Each is on the disk before it is called made, so after a kill at any moment the
 * next call makes just the rest. When none waits any more, the edition is made. Throws OtherVersions, FrozenDamaged,
 * and what hinders writing.
 */
export async function makeReports(
	{ definition }: { definition: Definition },
	rounds: Rounds,
	round: string,
	number: number,
	{ pool, signal, told, now }: MakeOptions
): Promise<void> {
	const edition = existingEdition(rounds, round, number);
	noteDamaged(rounds, await damagedReports(rounds, allReports(rounds, round, number)));
	if (tasksOf(rounds, round, number).length > 0) {
		await checkVersions(definition, edition.versions);
		const folder = editionFolder(rounds, round, number);
		await mkdir(join(folder, 'reports'), { recursive: true, mode: 0o700 });
		const frozen = await frozenRegister(definition, join(folder, 'frozen'), edition.frozenSha256);
		try {
			begin(rounds, round, number);
			// what the reports ask alike is answered once
			const from: MadeOf = { register: remembering(frozen), held: edition.held, pool };
			const tasks = tasksOf(rounds, round, number);
			const tell = () => told?.(countsOf(rounds, round, number));
			tell();
			const line = async () => {
				for (let task = tasks.shift(); task; task = tasks.shift()) {
					if (signal?.aborted) return;
					await makeOne(rounds, from, task, signal);
					tell();
				}
			};
			const lines = await Promise.allSettled(
				Array.from({ length: underWay }, () => line().catch(endAll(tasks)))
			);
			for (const each of lines) if (each.status === 'rejected') throw each.reason;
		} finally {
			frozen.db.close();
		}
	}
	if (!signal?.aborted) end(rounds, round, number, now());
}

/** When one line cannot write, the others stop with what they are at. */
const endAll = (tasks: Task[]) => (error: unknown) => {
	tasks.length = 0;
	throw error;
};

/** A report in one language, and the files that are to be made of it. */
type Task = { report: ReportRow; files: ReportRow[] };

function tasksOf(rounds: Rounds, round: string, number: number): Task[] {
	const open = allReports(rounds, round, number).filter(({ state }) => state !== 'made');
	const groups = Map.groupBy(open, ({ kind, of, locale }) => `${kind} ${of} ${locale}`);
	return [...groups.values()].flatMap((files) => (files[0] ? [{ report: files[0], files }] : []));
}

/** Makes one report's files. Throws only what hinders writing. */
async function makeOne(rounds: Rounds, from: MadeOf, { report, files }: Task, signal?: AbortSignal) {
	let run: RunReport;
	const made: MadeFile[] = [];
	let step: Parameters<typeof keptFault>[1] = 'figures';
	try {
		run = await kindNamed(report.kind).run(from, report.of, report.locale);
		for (const file of files) {
			step = file.format === 'pdf' ? 'pdf' : 'workbook';
			made.push(await madeFile(run, file));
		}
	} catch (error) {
		// the threads that set PDFs may have been stopped under it
		if (!signal?.aborted) noteFailed(rounds, files, keptFault(error, step));
		return;
	}
	for (const { file, bytes, picture } of made) {
		const path = join(rounds.folder, file.path);
		await mkdir(dirname(path), { recursive: true, mode: 0o700 });
		if (picture !== undefined) await writeWhole(picturePath(path), Buffer.from(picture));
		await writeWhole(path, bytes);
		await syncFolder(dirname(path));
	}
	noteMade(rounds, run, made);
}

type MadeFile = { file: ReportRow; bytes: Uint8Array; picture?: string };

async function madeFile(run: RunReport, file: ReportRow): Promise<MadeFile> {
	if (file.format !== 'pdf' || !run.pictured) return { file, bytes: await run.file(file.format) };
	const { pdf, picture } = await run.pictured();
	return { file, bytes: pdf, picture };
}

const key = ({ round, edition, kind, of, locale, format }: ReportRow) =>
	[round, edition, kind, of, locale, format] as const;
const byKey = `round = ? and edition = ? and kind = ? and subject = ? and locale = ? and format = ?`;

function noteMade(rounds: Rounds, { opening, flags }: RunReport, made: readonly MadeFile[]): void {
	const update = rounds.db.prepare(
		`update report set state = 'made', fault = null, sha256 = ?, bytes = ?, opening = ?,
			new_flags = ?, persisting_flags = ?, resolved_flags = ?, new_births = ? where ${byKey}`
	);
	transaction(rounds, () => {
		for (const { file, bytes } of made)
			update.run(
				sha256(bytes),
				bytes.length,
				opening,
				flags?.new ?? null,
				flags?.persisting ?? null,
				flags?.resolved ?? null,
				flags?.newBirths ?? null,
				...key(file)
			);
	});
}

function noteFailed(rounds: Rounds, files: readonly ReportRow[], fault: string): void {
	const update = rounds.db.prepare(`update report set state = 'failed', fault = ? where ${byKey}`);
	transaction(rounds, () => {
		for (const file of files) update.run(fault, ...key(file));
	});
}

/** What has failed before waits again; and that this edition is being made is known after a restart. */
function begin(rounds: Rounds, round: string, number: number): void {
	transaction(rounds, () => {
		rounds.db
			.prepare(
				`update report set state = 'waiting', fault = null where round = ? and edition = ? and state = 'failed'`
			)
			.run(round, number);
		markMaking(rounds, round, number, true);
	});
}

function end(rounds: Rounds, round: string, number: number, instant: number): void {
	rounds.db
		.prepare(
			`update edition set is_making = 0, made_at = ?,
				state = case state when 'frozen' then 'made' else state end
			where round = ? and number = ? and (is_making = 1 or state = 'frozen')
				and not exists (select 1 from report r
					where r.round = edition.round and r.edition = edition.number and r.state = 'waiting')`
		)
		.run(instant, round, number);
}

/** Notes whether an edition is to be made, so that a process that starts anew goes on with it. */
export function markMaking({ db }: Rounds, round: string, number: number, isMaking: boolean): void {
	db.prepare('update edition set is_making = ? where round = ? and number = ?').run(
		isMaking ? 1 : 0,
		round,
		number
	);
}

/** The editions whose making was begun and has not ended, the oldest first. */
export function begunEditions({ db }: Rounds): { round: string; number: number }[] {
	return db
		.prepare('select round, number from edition where is_making = 1 order by frozen_at')
		.all()
		.map(({ round, number }) => ({ round: String(round), number: Number(number) }));
}

/** How far an edition has been made. */
export function countsOf({ db }: Rounds, round: string, number: number): MadeSoFar {
	const found = db
		.prepare(
			`select count(*) as total, count(*) filter (where state <> 'waiting') as done,
				count(*) filter (where state = 'failed') as failed
			from report where round = ? and edition = ?`
		)
		.get(round, number);
	return {
		done: Number(found?.done ?? 0),
		total: Number(found?.total ?? 0),
		failed: Number(found?.failed ?? 0)
	};
}
