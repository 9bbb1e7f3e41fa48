/** A file inside a zip file, by what the zip file's directory says of it: its name and its bytes, packed and unpacked. */
export type ZipEntry = { name: string; packed: number; unpacked: number };

const [endSign, entrySign] = [0x06054b50, 0x02014b50];
const [encrypted, sizesFollow] = [1, 8];
const longestComment = 65_535;

/**
 * The directory of a zip file (APPNOTE 4.3.12 and 4.3.16). Nothing is unpacked. Undefined where it is damaged
 * or cut, or uses what no workbook needs: encryption, parts, sizes beyond 4 GB or stated nowhere.
 */
export function zipDirectory(bytes: Uint8Array): ZipEntry[] | undefined {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const end = endOf(view);
	if (end === undefined) return undefined;
	const count = view.getUint16(end + 10, true);
	let at = view.getUint32(end + 16, true);
	const entries: ZipEntry[] = [];
	for (let n = 0; n < count; n++) {
		if (at + 46 > end || view.getUint32(at, true) !== entrySign) return undefined;
		const flags = view.getUint16(at + 8, true);
		const packed = view.getUint32(at + 20, true);
		const unpacked = view.getUint32(at + 24, true);
		const nameEnd = at + 46 + view.getUint16(at + 28, true);
		const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
		const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd));
		if (flags & encrypted || packed === 0xffffffff || unpacked === 0xffffffff) return undefined;
		// an empty file is packed into two bytes; one that does not say its size could be of any
		const unstated = unpacked === 0 && (packed > 2 || (flags & sizesFollow && !name.endsWith('/')));
		if (unstated) return undefined;
		entries.push({ name, packed, unpacked });
		at = next;
	}
	return entries;
}

/** Where the record that ends the directory begins: before a comment, if there is one. */
function endOf(view: DataView): number | undefined {
	const last = view.byteLength - 22;
	for (let at = last; at >= Math.max(0, last - longestComment); at--)
		if (view.getUint32(at, true) === endSign) return at;
	return undefined;
}
