import { checkSql, lineAt, unfitText, type Inspection } from '#lib/notebook/gate.ts';
import { keepResults, type KeptResults } from '#lib/server/db/kept-results.ts';
import { openLocked, StatementFault, type LockedDatabase } from '#lib/server/db/locked.ts';
import { statementWords } from './statement-words.ts';
import type { SnapshotFiles, Step } from './sandbox.ts';
import type { Asked, Told } from './sandbox-messages.ts';

type Tell = (told: Told, body?: Uint8Array) => void;
type AskedSteps = Extract<Asked, { do: 'ask' }>;

/** What may be used: megabytes of memory, and rows of an answer. */
export type WorkCaps = { memory: number; rows: number };

/** What a process of the sandbox does, one ask after the other. It says what becomes of it by `tell`. */
export type Work = {
	inspect(sqls: readonly string[]): Promise<void>;
	ask(asked: AskedSteps): Promise<void>;
	/** While an ask runs: stops its step, and with `all` those after it. */
	interrupt(all: boolean): void;
};

/** The database can no longer be used; its process has to end. */
export class Broken extends Error {}

/** Begins with an empty database; a snapshot is opened with the first ask that has one. */
export async function beginWork(caps: WorkCaps, tell: Tell): Promise<Work> {
	let opened = await open(null, caps);
	let isStopped = false;

	const judged = new Map<string, Inspection>();
	/** The same text over the same tables is judged the same, and judging takes longer than many an answer. */
	const check = async (sql: string, known?: ReadonlySet<string>): Promise<Inspection> => {
		const unfit = unfitText(sql);
		if (unfit !== undefined) return { fault: unfit, line: null };
		const asked = JSON.stringify([sql, known && [...known]]);
		const found = judged.get(asked) ?? checkSql(await opened.db.serialized(sql), sql, known);
		if (judged.size >= mostJudged) judged.clear();
		judged.set(asked, found);
		return found;
	};

	/** Runs one step; whether it has a result now. */
	const run = async (
		step: Step,
		known: ReadonlySet<string>,
		{ needed, isWanted, isUsed }: { needed: ReadonlySet<string>; isWanted: boolean; isUsed: boolean }
	): Promise<boolean> => {
		const { kept } = opened;
		const { name, key, sql } = step;
		const began = performance.now();
		try {
			const checked = await check(sql, known);
			if ('fault' in checked) {
				tell({ said: 'failed', name, ...checked, isInterrupted: false, isBroken: false });
				return false;
			}
			tell({ said: 'running', name, isKept: kept.has(key) });
			if (!kept.has(key)) await withRoom(() => kept.make(key, sql), kept, needed);
			if (isWanted) {
				const { arrow, ...answer } = await kept.answer(key, caps.rows);
				tell({ said: 'answer', name, ...answer, ms: performance.now() - began }, arrow);
			}
			if (isUsed) await kept.name(name, key);
			tell({ said: 'done', name });
			return true;
		} catch (error) {
			if (!(error instanceof StatementFault)) throw error;
			tell({
				said: 'failed',
				name,
				fault: statementWords(error, caps.memory),
				line: lineAt(sql, error.at),
				isInterrupted: error.kind === 'INTERRUPT',
				isBroken: error.isFatal
			});
			if (error.isFatal) throw new Broken();
			return false;
		}
	};

	return {
		async inspect(sqls) {
			for (const sql of sqls) {
				const checked = await check(sql).catch((error: unknown): Inspection => {
					if (!(error instanceof StatementFault)) throw error;
					return { fault: statementWords(error, caps.memory), line: null };
				});
				tell(
					'uses' in checked ? { said: 'inspected', uses: [...checked.uses] } : { said: 'refused', ...checked }
				);
			}
		},
		async ask({ snapshot, given, steps, wanted, failed }) {
			isStopped = false;
			if (opened.files !== JSON.stringify(snapshot)) {
				opened.db.close();
				opened = await open(snapshot, caps);
			}
			const { db, kept } = opened;
			const needed = new Set([...given, ...steps].map(({ key }) => key));
			const names = new Set(db.tables);
			const without = new Set(failed);
			const used = new Set(steps.flatMap(({ uses }) => uses));
			try {
				await kept.shrink(caps.memory * keptShare, needed);
				for (const { name, key, table } of given) {
					if (!kept.has(key) && table) await kept.give(key, table);
					await kept.name(name, key);
					names.add(name);
				}
				for (const step of steps) {
					if (isStopped) break;
					const missing = step.uses.find((name) => without.has(name));
					if (missing !== undefined) {
						without.add(step.name);
						const fault = `this waits for ${missing}, which has no result`;
						tell({
							said: 'failed',
							name: step.name,
							fault,
							line: null,
							isInterrupted: false,
							isBroken: false
						});
						continue;
					}
					const isWanted = wanted.includes(step.name);
					const isUsed = used.has(step.name);
					if (await run(step, names, { needed, isWanted, isUsed })) names.add(step.name);
					else without.add(step.name);
				}
			} finally {
				await kept.unname();
			}
			tell({ said: 'finished', kept: kept.keys() });
		},
		interrupt(all) {
			isStopped ||= all;
			opened.db.interrupt();
		}
	};
}

/** Does something again, when there was too little memory for it and results of earlier asks could make room. */
async function withRoom(work: () => Promise<void>, kept: KeptResults, needed: ReadonlySet<string>) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof StatementFault) || error.kind !== 'Out of Memory') throw error;
		if ((await kept.shrink(0, needed)) === 0) throw error;
		await work();
	}
}

/** So many judgements of texts are remembered. */
const mostJudged = 500;

/** Of the memory, in bytes for each megabyte: half of it may hold results of earlier asks. */
const keptShare = 500_000;

type Opened = { files: string; db: LockedDatabase; kept: KeptResults };

async function open(files: SnapshotFiles | null, { memory }: WorkCaps): Promise<Opened> {
	const db = await openLocked(files, memory);
	return { files: JSON.stringify(files), db, kept: keepResults(db) };
}
