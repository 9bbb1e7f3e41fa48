import { createReadStream } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import type { Refusal } from '#lib/submission/issue.ts';
import { createScan, delimiterOf, type Scan } from '#lib/submission/scan.ts';
import type { PlainFile } from './plain-file.ts';
import { copyDelimiter, copyWorkbook } from './workbook-copy.ts';

/** What a file turned out to be, and where its text can be read as UTF-8 (the file itself, or a copy of it). */
export type Look = {
	/** `xlsx`: an Excel workbook, whose first sheet is read from a copy in UTF-8. */
	encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'xlsx';
	delimiter: ';' | ',' | '\t';
	scan: Scan;
	readable: PlainFile;
	isCopy: boolean;
};

type Found = Look | { refusals: Refusal[] };

const firstBytes = 65_536;

/**
 * Looks at a file's bytes before anything reads it (security.md): its kind, encoding, delimiter and
 * every row's fields. Where DuckDB could not read it as it stands (another encoding, mixed line ends,
 * blank lines, an Excel workbook), a plain copy is made in a file of `newFile`. What is given is to be closed by
 * the caller, through `readable`; any other file is closed here.
 */
export async function lookAt(file: PlainFile, newFile: () => Promise<PlainFile>): Promise<Found> {
	const opened = [file];
	let found: Found | undefined;
	try {
		found = await looked(file, async () => {
			const copy = await newFile();
			opened.push(copy);
			return copy;
		});
		return found;
	} finally {
		const kept = found && 'readable' in found ? found.readable : undefined;
		for (const each of opened) if (each !== kept) await each.close();
	}
}

async function looked(file: PlainFile, newFile: () => Promise<PlainFile>): Promise<Found> {
	const head = await beginning(file);
	if (head.length === 0) return { refusals: [{ rule: 'empty' }] };
	if (isZip(head)) return lookAtWorkbook(file, await newFile());
	if (isArchive(head)) return { refusals: [{ rule: 'archive' }] };

	const wide = utf16Of(head);
	if (wide) return lookAtText(file, wide, await newFile());
	const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
	const delimiter = headerDelimiter(new TextDecoder().decode(head));
	const plain = await lookAtBytes(file, delimiter, marked ? 3 : 0);
	if (!plain) return lookAtText(file, 'windows-1252', await newFile());
	if (plain.refusals.length === 0 && (plain.newline === 'other' || plain.blankLines))
		return lookAtText(file, 'utf-8', await newFile());
	return settled(plain, { encoding: 'utf-8', delimiter, readable: file, isCopy: false });
}

const settled = (scan: Scan, found: Omit<Look, 'scan'>): Found =>
	scan.refusals.length ? { refusals: scan.refusals } : { ...found, scan };

async function beginning({ handle }: PlainFile): Promise<Buffer> {
	const { buffer, bytesRead } = await handle.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
	return buffer.subarray(0, bytesRead);
}

const beginsWith = (head: Buffer, sign: string) => head.subarray(0, 4).toString('hex').startsWith(sign);

/** Zip, and so xlsx and ods. */
const isZip = (head: Buffer) => ['504b0304', '504b0506'].some((sign) => beginsWith(head, sign));

/** Gzip, PDF, old or protected Excel files, 7z and rar that were given the name .csv. */
const isArchive = (head: Buffer) =>
	['1f8b', '25504446', 'd0cf11e0', '377abcaf', '52617221'].some((sign) => beginsWith(head, sign));

/** Writes a workbook's first sheet as a plain copy and scans that. */
async function lookAtWorkbook(file: PlainFile, copy: PlainFile): Promise<Found> {
	const refusal = await copyWorkbook(file, copy);
	if (refusal) return { refusals: [refusal] };
	const scan = await lookAtBytes(copy, copyDelimiter, 0);
	if (!scan) return { refusals: [{ rule: 'notText' }] };
	return settled(scan, { encoding: 'xlsx', delimiter: copyDelimiter, readable: copy, isCopy: true });
}

/** UTF-16 by its byte order mark, or by every other byte of the beginning being zero. */
function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	const sample = head.subarray(0, 200);
	if (sample.length < 4) return undefined;
	let [even, odd] = [0, 0];
	for (let i = 0; i + 1 < sample.length; i += 2) {
		if (sample[i] === 0) even++;
		if (sample[i + 1] === 0) odd++;
	}
	const most = sample.length / 2 / 2;
	return odd > most && even === 0 ? 'utf-16le' : even > most && odd === 0 ? 'utf-16be' : undefined;
}

const headerDelimiter = (text: string) => {
	const header = /^\uFEFF?[\r\n]*((?:"[^"]*"|[^"\r\n])*)/.exec(text.slice(0, firstBytes))?.[1];
	return delimiterOf(header ?? '');
};

/** Scans a UTF-8 file; undefined when it is not UTF-8 after all. */
async function lookAtBytes(
	file: PlainFile,
	delimiter: Look['delimiter'],
	start: number
): Promise<Scan | undefined> {
	const scan = createScan(delimiter);
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of reading(file, start)) {
		scan.feed(chunk);
		// A character may be cut by a chunk's end: it is judged with the next one.
		const end = wholeCharacters(chunk);
		const whole = chunk.subarray(0, end);
		if (!isUtf8(rest.length ? Buffer.concat([rest, whole]) : whole)) return undefined;
		rest = chunk.subarray(end);
	}
	return isUtf8(rest) ? scan.end() : undefined;
}

const reading = ({ path }: PlainFile, start: number) =>
	createReadStream(path, { highWaterMark: 1 << 20, start }) as AsyncIterable<Buffer>;

/** How many of the bytes are before a character that begins among the last three, if one does. */
function wholeCharacters(chunk: Buffer): number {
	for (let i = chunk.length - 1; i >= Math.max(0, chunk.length - 3); i--)
		if ((chunk[i] as number) >= 0xc0) return i;
	return chunk.length;
}

/** Decodes a file, scans it, and writes it as UTF-8 with plain line ends and without blank lines. */
async function lookAtText(file: PlainFile, encoding: Look['encoding'], copy: PlainFile): Promise<Found> {
	const decoder = new TextDecoder(encoding, { fatal: encoding !== 'windows-1252' });
	let scan: ReturnType<typeof createScan> | undefined;
	let delimiter: Look['delimiter'] = ';';
	let quoted = false;
	let atLineStart = true;
	let held = '';
	try {
		const take = async (text: string) => {
			if (!scan) {
				delimiter = headerDelimiter(text);
				scan = createScan(delimiter);
			}
			const bytes = new TextEncoder().encode(text);
			scan.feed(bytes);
			let plain = '';
			for (const [part] of text.matchAll(/"|\r\n|\r|\n|[^"\r\n]+/g)) {
				const lineEnd = !quoted && (part === '\n' || part === '\r' || part === '\r\n');
				if (part === '"') quoted = !quoted;
				if (lineEnd && atLineStart) continue;
				plain += lineEnd ? '\n' : part;
				atLineStart = lineEnd;
			}
			await copy.handle.appendFile(plain);
		};
		for await (const chunk of reading(file, 0)) {
			const text = held + decoder.decode(chunk, { stream: true });
			// A line end may be cut by a chunk's end.
			held = text.endsWith('\r') ? '\r' : '';
			await take(held ? text.slice(0, -1) : text);
		}
		await take(held + decoder.decode());
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
		return { refusals: [{ rule: 'notText' as const }] };
	}
	const found = scan?.end();
	if (!found) return { refusals: [{ rule: 'empty' as const }] };
	return settled({ ...found, newline: '\n' }, { encoding, delimiter, readable: copy, isCopy: true });
}
