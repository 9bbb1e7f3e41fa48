import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { literal } from '#lib/catalogue/sql.ts';
import type { Day } from '#lib/period/day.ts';
import type { Desk as Connection, Statements } from '#lib/server/db/database.ts';
import type { Register } from '#lib/server/register/open.ts';
import { insertion } from './given-table.ts';
import { birthsSql, birthVariables } from './snapshot-births.ts';
import { definitionTables, figureTables } from './snapshot-tables.ts';

/** What the register held on a day, in files that SQL written by people may ask. */
export type Snapshot = {
	/** Names what it holds: two snapshots of the same id are the same. */
	id: string;
	asOf: Day;
	/** The last entry of the ledger that it holds. */
	entry: number;
	/** The file of the figures. */
	figures: string;
	/**
	 * A file with the table of the births, without what tells whose they are: with at least these variables. It is
	 * made when it is asked for, and a few columns are written many times as fast as all of them.
	 */
	births(variables: readonly string[] | 'all'): Promise<string>;
	/** The last file of births that was made; null where there is none. */
	lastBirths(): string | null;
	/** Says that its files are no longer read; until then they stay. */
	release(): void;
};

/** The snapshots of a register. */
export type Snapshots = {
	/** The snapshot of the register as it stood on a day, with all that has come in by now. */
	take(asOf: Day): Promise<Snapshot>;
	/** The last entry of the ledger that was there on a day. */
	lastEntry(asOf: Day): Promise<number>;
	/** Takes all of them away. */
	close(): Promise<void>;
};

type BirthsFile = { variables: ReadonlySet<string>; path: Promise<string>; made: string | null };
type Kept = {
	id: string;
	asOf: Day;
	entry: number;
	submission: number;
	figures: string;
	births: BirthsFile[];
	holders: number;
	isOld: boolean;
};

/** So many snapshots are kept: of today, and of a day or two that somebody looks back from. */
const most = 3;

/** Counts up when the tables of a snapshot change. */
const format = 1;

export const snapshotsName = 'snapshots';

/**
 * Opens the snapshots of a register, in a folder of its data folder that only its own user reads. What an earlier
 * process left there is taken away. Whoever calls it has checked that the whole nation may be seen.
 */
export function openSnapshots({ db, definition, folder }: Register): Snapshots {
	const place = join(folder, snapshotsName);
	const shape = sha256(
		JSON.stringify([
			format,
			definition.register,
			definition.variables,
			definition.units,
			definition.references
		])
	);
	const kept = new Map<string, Promise<Kept>>();
	let made = 0;
	const opened = fresh(place);
	opened.catch(() => undefined); // told to whoever takes a snapshot

	const written = async (fill: (at: Connection, name: string) => Promise<void>) => {
		await opened;
		const path = join(place, `${randomUUID()}.duckdb`);
		await write(db, path, `snapshot_${++made}`, fill);
		return path;
	};
	const make = async (asOf: Day): Promise<Kept> => {
		let last = { entry: 0, submission: 0 };
		let entry = 0;
		const figures = await written(async (at, name) => {
			last = await lastOf(at);
			entry = await entryBy(at, asOf);
			for (const { name: own, sql } of figureTables(definition, asOf))
				await at.run(`create table ${name}.${own} as ${sql}`);
			for (const [own, table] of Object.entries(definitionTables(definition, asOf)))
				await at.run(...insertion(`${name}.${own}`, table));
		});
		return {
			id: sha256(`${shape} ${last.entry} ${asOf}`),
			asOf,
			entry,
			submission: last.submission,
			figures,
			births: [],
			holders: 0,
			isOld: false
		};
	};
	const birthsOf = (of: Kept, asked: readonly string[] | 'all'): Promise<string> => {
		const all = birthVariables(definition).map(({ id }) => id);
		const named = new Set(asked === 'all' ? [] : asked.map((each) => each.toUpperCase()));
		const wanted = asked === 'all' ? all : all.filter((id) => named.has(id.toUpperCase()));
		const found = of.births.findLast(({ variables }) => wanted.every((id) => variables.has(id)));
		if (found) return found.path;
		// with what was asked for before, so that one file serves all who ask of some
		const variables = new Set([...wanted, ...(of.births.at(-1)?.variables ?? [])]);
		const path = db.withRoom(() =>
			written((at, name) => at.run(`create table ${name}.birth as ${birthsSql(definition, of, variables)}`))
		);
		const births: BirthsFile = { variables, path, made: null };
		of.births.push(births);
		path.then(
			(file) => (births.made = file),
			() => of.births.splice(of.births.indexOf(births), 1)
		);
		return path;
	};
	const removed = async (old: Kept) => {
		const births = await Promise.allSettled(old.births.map(({ path }) => path));
		const paths = births.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
		for (const path of [old.figures, ...paths]) await rm(path, { force: true });
	};
	const removeOld = async () => {
		const [oldest] = kept;
		if (kept.size <= most || !oldest) return;
		kept.delete(oldest[0]);
		// one that could not be made has left nothing
		const old = await oldest[1].catch(() => undefined);
		if (!old) return;
		old.isOld = true;
		if (old.holders === 0) await removed(old);
	};
	return {
		async take(asOf) {
			const key = `${(await lastOf(db)).entry} ${asOf}`;
			const making = kept.get(key) ?? make(asOf);
			// the one that was asked for last is the last to go
			kept.delete(key);
			kept.set(key, making);
			const of = await making.catch((error: unknown) => {
				kept.delete(key);
				throw error;
			});
			of.holders++;
			await removeOld();
			let isReleased = false;
			return {
				id: of.id,
				asOf,
				entry: of.entry,
				figures: of.figures,
				births: (variables) => birthsOf(of, variables),
				lastBirths: () => of.births.findLast(({ made: path }) => path !== null)?.made ?? null,
				release() {
					if (isReleased) return;
					isReleased = true;
					if (--of.holders === 0 && of.isOld) void removed(of).catch(() => undefined);
				}
			};
		},
		lastEntry: (asOf) => entryBy(db, asOf),
		async close() {
			await Promise.allSettled([opened, ...kept.values()]);
			kept.clear();
			await rm(place, { recursive: true, force: true });
		}
	};
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** An empty folder for snapshots. */
async function fresh(place: string): Promise<void> {
	await rm(place, { recursive: true, force: true });
	await mkdir(place, { recursive: true, mode: 0o700 });
}

const numbers = z.object({ entry: z.int(), submission: z.int() });

/** The last entry of the ledger, and the last submission. */
async function lastOf(db: Statements): Promise<{ entry: number; submission: number }> {
	const [last] = await db.rows(
		numbers,
		`select greatest(coalesce(max(entry), 0), (select coalesce(max(entry), 0) from flag_note)) as entry,
			coalesce(max(number), 0) as submission from submission`
	);
	return last ?? { entry: 0, submission: 0 };
}

/** The last entry that was there on a day: what comes later leaves it, and what a snapshot of that day holds, as it is. */
async function entryBy(db: Statements, asOf: Day): Promise<number> {
	const [found] = await db.rows(
		z.object({ entry: z.int() }),
		`select greatest(
				(select coalesce(max(entry), 0) from submission where received <= $asOf::varchar::date),
				(select coalesce(max(entry), 0) from flag_note where written_at::date <= $asOf::varchar::date)
			) as entry`,
		{ asOf }
	);
	return found?.entry ?? 0;
}

/**
 * Writes a database beside its place and puts it there. Everything in it is of one moment, and nobody waits for it:
 * it is asked as files are read, beside readers and the writer.
 */
function write(
	db: Register['db'],
	path: string,
	name: string,
	fill: (at: Connection, name: string) => Promise<void>
): Promise<void> {
	return db.atDesk(async (at) => {
		const beside = `${path}.new`;
		try {
			await at.run(`attach ${literal(beside)} as ${name}`);
			try {
				await chmod(beside, 0o600);
				await at.run('begin');
				await fill(at, name);
				await at.run('commit');
			} catch (error) {
				await at.run('rollback').catch(() => undefined);
				throw error;
			} finally {
				await at.run(`detach ${name}`);
			}
			await chmod(beside, 0o600);
			await rename(beside, path);
		} catch (error) {
			for (const end of ['', '.wal']) await rm(beside + end, { force: true });
			throw error;
		}
	});
}
