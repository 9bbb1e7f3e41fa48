import { join } from 'node:path';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { literal } from '#lib/catalogue/sql.ts';
import { openDatabase } from '#lib/server/db/database.ts';
import { tablesSql } from '#lib/server/db/tables.ts';
import type { Register } from '#lib/server/register/open.ts';
import { readFrozen, type FrozenFolder } from './frozen-folder.ts';
import { frozenClinicsSql } from './frozen-clinics.ts';
import { frozenDaySql } from './frozen-tables.ts';

/** It holds no births, so no identity number is ever keyed for it. */
const noKey = { innerPad: '', outerPad: '' };

/**
 * Opens a register in memory from the folder `frozen` of an edition, checked file by file: it answers for the round's
 * cut-off day, whatever has come since. For reading only; `register.db.close()` ends it. With `expected`, what
 * stands beside the files must have this hash. Throws FrozenDamaged.
 */
export async function frozenRegister(
	definition: Definition,
	folder: string,
	expected?: string
): Promise<Register & { frozen: FrozenFolder }> {
	const frozen = await readFrozen(folder, expected);
	const db = await openDatabase();
	try {
		await db.alone(async (writer) => {
			for (const sql of [...tablesSql(definition), frozenDaySql, ...frozenClinicsSql]) await writer.run(sql);
			for (const { table, file } of frozen.files)
				await writer.run(
					`insert into ${table} by name select * from read_parquet(${literal(join(folder, file))})`
				);
			await writer.run('set enable_external_access = false');
		});
		return { definition, folder, db, key: noKey, frozenDays: new Set(frozen.days), frozen };
	} catch (error) {
		db.close();
		throw error;
	}
}
