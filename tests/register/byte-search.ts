import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every way in which an identity number of twelve characters may stand in a file: with and without century and sign,
 * as text of one or two bytes a character, in either order, and as a whole number of eight bytes.
 */
export function formsOf(number: string): Buffer[] {
	const signs = ['', '-', '+', ' '];
	const texts = [number, number.slice(2)].flatMap((digits) =>
		signs.map((sign) => `${digits.slice(0, -4)}${sign}${digits.slice(-4)}`)
	);
	const forms = texts.flatMap((text) => {
		const wide = Buffer.from(text, 'utf16le');
		return [Buffer.from(text), wide, Buffer.from(wide).swap16()];
	});
	if (/^\d{12}$/.test(number)) {
		const whole = Buffer.alloc(8);
		whole.writeBigInt64LE(BigInt(number));
		forms.push(whole, Buffer.from(whole.toReversed()));
	}
	return forms;
}

/** The files under a folder in which one of the numbers stands in any form, by what is found in them. */
export async function filesWith(folder: string, numbers: readonly string[]): Promise<string[]> {
	const forms = numbers.flatMap(formsOf);
	const found: string[] = [];
	for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		if (numbers.some((number) => formsOf(number).some((form) => path.includes(form.toString('latin1')))))
			found.push(`the name ${path}`);
		if (!entry.isFile()) continue;
		const bytes = await readFile(path);
		const form = forms.find((each) => bytes.includes(each));
		if (form) found.push(`${path}: ${form.toString('latin1')}`);
	}
	return found;
}
