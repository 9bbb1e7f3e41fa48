import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { FileInUse, openDatabase, type Database, type Writer } from '#lib/server/db/database.ts';
import { workingTablesSql } from '#lib/server/cube/working-tables.ts';
import { macrosSql, tablesSql } from '#lib/server/db/tables.ts';
import { linkageKey, type LinkageKey } from './key.ts';
import { makeOriginalKeys } from './original-keys.ts';
import { removeLeftovers } from './plain-file.ts';

/** An open register: its definition, its data folder, its database and the key of its identity numbers. */
export type Register = Readonly<{ definition: Definition; folder: string; db: Database; key: LinkageKey }>;

/** The definition is no longer the one that the register was made by. */
export class DefinitionChanged extends Error {}

/** The register file is open in another process (the server, or a command that still runs). */
export class RegisterInUse extends Error {}

/** Counts up when the tables or what is kept in them change, so that older registers are made anew. */
const tablesVersion = 2;

/** A fingerprint of all that decides what is stored and counted: of a definition not its texts and targets. */
export function definitionHash(d: Definition): string {
	const counted = d.variables.map(
		({ label: _l, description: _d, target: _t, assumedShare: _a, name: _n, codes, ...rest }) => ({
			...rest,
			codes: codes?.map(({ label: _label, ...code }) => code)
		})
	);
	const { name: _n, nation: _na, unitNoun: _u, demo: _de, forms, ...register } = d.register;
	const shape = { tablesVersion, counted, register, forms: forms.map(({ label: _l, ...form }) => form) };
	return createHash('sha256').update(JSON.stringify(shape)).digest('hex');
}

/**
 * Opens the register in a data folder, making it where there is none; in memory where there is no `fileName`.
 * Throws RegisterInUse, or DefinitionChanged with what to do.
 */
export async function openRegister(
	folder: string,
	definition: Definition,
	{ fileName = 'register.duckdb' }: { fileName?: string | null } = {}
): Promise<Register> {
	await mkdir(join(folder, 'originals'), { recursive: true });
	const db = await openDatabase(fileName === null ? undefined : join(folder, fileName)).catch(
		(error: unknown) => {
			if (error instanceof FileInUse)
				throw new RegisterInUse(`${error.message} Stop the server, or hand the file in on its page.`);
			throw error;
		}
	);
	try {
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
