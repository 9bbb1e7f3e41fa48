import { deflateRawSync } from 'node:zlib';
import { writeXlsx, type WriteSheet } from 'hucre/xlsx';

/** A workbook as a spreadsheet program would save it, for tests that hand one in. */
export const saved = (sheets: WriteSheet[], more: { vbaProject?: Uint8Array } = {}) =>
	writeXlsx({ sheets, ...more }).then((bytes) => Buffer.from(bytes));

/** One sheet of rows. */
export const sheet = (rows: WriteSheet['rows'], more: Partial<WriteSheet> = {}): WriteSheet => ({
	name: 'Blad1',
	...(rows && { rows }),
	...more
});

/** A zip file of these files, each with the size that it claims to have unpacked (its own, if not stated). */
export function zipped(
	files: readonly { name: string; content: Buffer | string; claims?: number }[]
): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content, claims } of files) {
		const plain = Buffer.from(content);
		const packed = deflateRawSync(plain);
		const head = Buffer.alloc(26);
		head.writeUInt16LE(20, 0);
		head.writeUInt16LE(8, 4);
		head.writeUInt32LE(packed.length, 14);
		head.writeUInt32LE(claims ?? plain.length, 18);
		head.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([Buffer.from('504b0304', 'hex'), head, Buffer.from(name), packed]);
		const place = Buffer.alloc(14);
		place.writeUInt32LE(offset, 10);
		directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), head, place, Buffer.from(name)]));
		parts.push(local);
		offset += local.length;
	}
	const listed = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(files.length, 4);
	end.writeUInt16LE(files.length, 6);
	end.writeUInt32LE(listed.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...parts, listed, Buffer.from('504b0506', 'hex'), end]);
}
