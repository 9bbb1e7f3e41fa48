import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { FileInUse, openDatabase, type Database, type Writer } from '#lib/server/db/database.ts';
import type { Day } from '#lib/period/day.ts';
import { workingTablesSql } from '#lib/server/cube/working-tables.ts';
import { macrosSql, tablesSql } from '#lib/server/db/tables.ts';
import { LedgerAhead, LedgerDamaged, openJournal, type Journal } from './journal.ts';
import { linkageKey, type LinkageKey } from './key.ts';
import { holdFolder, RegisterInUse, type Lock } from './lock.ts';
import { KeyMissing, makeOriginalKeys } from './original-keys.ts';
import { removeLeftovers } from './plain-file.ts';

export { RegisterInUse } from './lock.ts';

/**
 * An open register: its definition, its data folder, its database and the key of its identity numbers. One on
 * disk has a lock on its folder, which it lets go of when the database is closed, and its ledger beside it. One that
 * was frozen for a round holds no births: in their place counts by day as of `frozenDays`, in its table frozen_day.
 */
export type Register = Readonly<{
	definition: Definition;
	folder: string;
	db: Database;
	key: LinkageKey;
	journal?: Journal;
	lock?: Lock;
	frozenDays?: ReadonlySet<Day>;
}>;

/** The definition is no longer the one that the register was made by. */
export class DefinitionChanged extends Error {}

/** The register file is not as it was written. */
export class RegisterDamaged extends Error {}

/** Whether an error says in a sentence what is wrong with a data folder and what to do: no fault of the program. */
export function isPlain(error: unknown): error is Error {
	const kinds = [RegisterInUse, RegisterDamaged, DefinitionChanged, LedgerAhead, LedgerDamaged, KeyMissing];
	return kinds.some((kind) => error instanceof kind);
}

export const registerName = 'register.duckdb';

/** Counts up when the tables or what is kept in them change, so that older registers are made anew. */
const tablesVersion = 3;

/** A fingerprint of all that decides what is stored and counted: of a definition not its texts and targets. */
export function definitionHash(d: Definition): string {
	const counted = d.variables.map(
		({ label: _l, description: _d, target: _t, assumedShare: _a, name: _n, codes, ...rest }) => ({
			...rest,
			codes: codes?.map(({ label: _label, ...code }) => code)
		})
	);
	const { name: _n, nation: _na, unitNoun: _u, demo: _de, clinic: _c, forms, ...register } = d.register;
	const shape = { tablesVersion, counted, register, forms: forms.map(({ label: _l, ...form }) => form) };
	return createHash('sha256').update(JSON.stringify(shape)).digest('hex');
}

type Opening = {
	/** Null: in memory, with neither lock nor ledger file. */
	fileName?: typeof registerName | null;
	/** Told of an error after which the register cannot go on: whoever opened it ends the process with its reason. */
	onFatal?: (error: Error) => void;
	/** Told when the database is closed, just before the folder is let go of. */
	onClose?: () => void;
};

/**
 * Opens the register in a data folder, making it where there is none. Throws RegisterInUse, RegisterDamaged,
 * LedgerAhead, LedgerDamaged, KeyMissing or DefinitionChanged, each with what to do.
 */
export async function openRegister(
	folder: string,
	definition: Definition,
	{ fileName = registerName, onFatal, onClose }: Opening = {}
): Promise<Register> {
	if (fileName === null) return openTables(folder, definition, await openDatabase());
	const lock = holdFolder(folder);
	try {
		const db = await openFile(join(folder, fileName), {
			onFatal: (error) => onFatal?.(damageOf(error, folder) ?? error),
			onClose: () => {
				onClose?.();
				lock.release();
			}
		});
		const register = await openTables(folder, definition, db).catch((error: unknown) => {
			throw damageOf(error, folder) ?? error;
		});
		try {
			return { ...register, lock, journal: await openJournal(folder, db, onFatal) };
		} catch (error) {
			db.close();
			throw error;
		}
	} catch (error) {
		lock.release();
		throw damageOf(error, folder) ?? error;
	}
}

/** Opens a register's file. Throws RegisterInUse. */
export function openFile(path: string, told: Parameters<typeof openDatabase>[1] = {}): Promise<Database> {
	return openDatabase(path, told).catch((error: unknown) => {
		if (error instanceof FileInUse)
			throw new RegisterInUse(`${error.message} Stop the server, or hand the file in on its page.`);
		throw error;
	});
}

/** A register in an open database of a data folder, its tables made where there are none. Closes it when it throws. */
export async function openTables(folder: string, definition: Definition, db: Database): Promise<Register> {
	try {
		await mkdir(join(folder, 'originals'), { recursive: true });
		await db.alone((writer) =>
			writer.transaction(async () => {
				for (const sql of tablesSql(definition)) await writer.run(sql);
				await checkDefinition(writer, definitionHash(definition), folder);
				for (const sql of [...macrosSql, ...workingTablesSql(definition)]) await writer.run(sql);
			})
		);
		await makeOriginalKeys(folder);
		await removeLeftovers(folder);
		return { definition, folder, db, key: await linkageKey(folder) };
	} catch (error) {
		db.close();
		throw error;
	}
}

/** What DuckDB says of a file that is not as it wrote it. */
const damage =
	/corrupt|checksum|not a valid DuckDB database|serializ|WAL file|Failure while replaying|Could not read enough bytes/i;

/** The damage that an error tells of, with what to do; undefined for any other error. */
function damageOf(error: unknown, folder: string): RegisterDamaged | undefined {
	if (!(error instanceof Error) || !damage.test(error.message)) return undefined;
	if (error instanceof RegisterDamaged) return error;
	return new RegisterDamaged(
		`The register in ${folder} is damaged: ${error.message.split('\n')[0]} Make it anew from the originals: npm run rebuild -- --data ${folder} (or restore a backup: npm run restore).`
	);
}

/** Notes by which definition a new register is made, and checks that an older one was made by the same. */
async function checkDefinition(writer: Writer, hash: string, folder: string): Promise<void> {
	await writer.run(
		`insert into meta select 'definition', $hash where not exists (from meta where key = 'definition')`,
		{ hash }
	);
	const [kept] = await writer.rows(
		z.object({ value: z.string() }),
		`select value from meta where key = 'definition'`
	);
	if (kept?.value !== hash)
		throw new DefinitionChanged(
			`The register in ${folder} was made by another definition, or by an earlier version of Bortfall. Run: npm run rebuild -- --data ${folder}`
		);
}
