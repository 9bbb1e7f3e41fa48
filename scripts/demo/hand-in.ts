import { Readable } from 'node:stream';
import type { Receipt } from '#lib/submission/receipt.ts';
import type { Submission } from '#lib/server/register/batch.ts';
import type { Register } from '#lib/server/register/open.ts';
import { storeOriginal } from '#lib/server/register/original.ts';
import { receiveAll } from '#lib/server/register/receive.ts';
import type { DemoFile } from './country.ts';

/**
 * Hands files in as their units would, and gives each with its receipt. They go from memory to the originals:
 * no copy with identity numbers is left anywhere else. Throws when one is refused or not all read, as only a
 * fault of the program can be why.
 */
export async function* handIn<File extends DemoFile>(
	register: Register,
	files: Iterable<File> | AsyncIterable<File>
): AsyncGenerator<{ file: File; receipt: Receipt }> {
	const handedIn: File[] = [];
	async function* submissions(): AsyncGenerator<Submission> {
		for await (const file of files) {
			const { bytes, unit, sender, fileName, receivedAt } = file;
			const original = await storeOriginal(register.folder, Readable.from([bytes]));
			handedIn.push(file);
			yield { original, fileName, unit, sender, receivedAt };
		}
	}
	for await (const receipt of receiveAll(register, submissions())) {
		const file = handedIn.shift() as File;
		const whole = receipt.rows === file.rows && receipt.accepted + receipt.rejected === file.rows;
		if (receipt.status !== 'received' || !whole)
			throw new Error(
				`${file.fileName} of ${file.unit.id}, ${file.rows} rows, came in as ${JSON.stringify(receipt)}`
			);
		yield { file, receipt };
	}
}
