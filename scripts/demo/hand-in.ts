import { Readable } from 'node:stream';
import type { Receipt } from '#lib/submission/receipt.ts';
import type { Register } from '#lib/server/register/open.ts';
import { storeOriginal } from '#lib/server/register/original.ts';
import { receive } from '#lib/server/register/receive.ts';
import type { DemoFile } from './country.ts';

/**
 * Hands a file in as its unit would. It goes from memory to the originals: no copy with identity numbers
 * is left anywhere else. Throws when it is refused or not all read, as only a fault of the program can be why.
 */
export async function handIn(register: Register, file: DemoFile): Promise<Receipt> {
	const { bytes, rows, unit, sender, fileName, receivedAt } = file;
	const original = await storeOriginal(register.folder, Readable.from([bytes]));
	const receipt = await receive(register, { original, fileName, unit, sender, receivedAt });
	if (receipt.status !== 'received' || receipt.rows !== rows || receipt.accepted + receipt.rejected !== rows)
		throw new Error(`${fileName} of ${unit.id}, ${rows} rows, came in as ${JSON.stringify(receipt)}`);
	return receipt;
}
