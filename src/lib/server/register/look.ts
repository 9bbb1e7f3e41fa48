import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import type { Refusal } from '#lib/submission/issue.ts';
import { createScan, delimiterOf, type Scan } from '#lib/submission/scan.ts';
import { copyDelimiter, copyWorkbook } from './workbook-copy.ts';

/** What a file turned out to be, and where its text can be read as UTF-8 (the original, or a copy beside it). */
export type Look = {
	/** `xlsx`: an Excel workbook, whose first sheet is read from a copy in UTF-8. */
	encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'xlsx';
	delimiter: ';' | ',' | '\t';
	scan: Scan;
	readable: string;
};

const firstBytes = 65_536;

/**
 * Looks at a file's bytes before anything reads it (security.md): its kind, encoding, delimiter and
 * every row's fields. Where DuckDB could not read it as it stands (another encoding, mixed line ends,
 * blank lines, an Excel workbook), a plain copy is written to `copyPath`; the caller removes it.
 */
export async function lookAt(path: string, copyPath: string): Promise<Look | { refusals: Refusal[] }> {
	const head = await beginning(path);
	if (head.length === 0) return { refusals: [{ rule: 'empty' }] };
	if (isZip(head)) return lookAtWorkbook(path, copyPath);
	if (isArchive(head)) return { refusals: [{ rule: 'archive' }] };

	const wide = utf16Of(head);
	if (wide) return lookAtText(path, wide, copyPath);
	const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
	const delimiter = headerDelimiter(new TextDecoder().decode(head));
	const plain = await lookAtBytes(path, delimiter, marked ? 3 : 0);
	if (!plain) return lookAtText(path, 'windows-1252', copyPath);
	if (plain.refusals.length === 0 && (plain.newline === 'other' || plain.blankLines))
		return lookAtText(path, 'utf-8', copyPath);
	return settled(plain, 'utf-8', delimiter, path);
}

const settled = (
	scan: Scan,
	encoding: Look['encoding'],
	delimiter: Look['delimiter'],
	readable: string
): Look | { refusals: Refusal[] } =>
	scan.refusals.length ? { refusals: scan.refusals } : { encoding, delimiter, scan, readable };

async function beginning(path: string): Promise<Buffer> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(firstBytes), 0, firstBytes, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

const beginsWith = (head: Buffer, sign: string) => head.subarray(0, 4).toString('hex').startsWith(sign);

/** Zip, and so xlsx and ods. */
const isZip = (head: Buffer) => ['504b0304', '504b0506'].some((sign) => beginsWith(head, sign));

/** Gzip, PDF, old or protected Excel files, 7z and rar that were given the name .csv. */
const isArchive = (head: Buffer) =>
	['1f8b', '25504446', 'd0cf11e0', '377abcaf', '52617221'].some((sign) => beginsWith(head, sign));

/** Writes a workbook's first sheet as a plain copy and scans that. */
async function lookAtWorkbook(path: string, copyPath: string): Promise<Look | { refusals: Refusal[] }> {
	const refusal = await copyWorkbook(path, copyPath);
	const scan = refusal ? undefined : await lookAtBytes(copyPath, copyDelimiter, 0);
	const look = scan && settled(scan, 'xlsx', copyDelimiter, copyPath);
	if (look && 'scan' in look) return look;
	await rm(copyPath, { force: true });
	return look ?? { refusals: [refusal ?? { rule: 'notText' }] };
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
	path: string,
	delimiter: Look['delimiter'],
	start: number
): Promise<Scan | undefined> {
	const scan = createScan(delimiter);
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of reading(path, start)) {
		scan.feed(chunk);
		// A character may be cut by a chunk's end: it is judged with the next one.
		const end = wholeCharacters(chunk);
		const whole = chunk.subarray(0, end);
		if (!isUtf8(rest.length ? Buffer.concat([rest, whole]) : whole)) return undefined;
		rest = chunk.subarray(end);
	}
	return isUtf8(rest) ? scan.end() : undefined;
}

const reading = (path: string, start: number) =>
	createReadStream(path, { highWaterMark: 1 << 20, start }) as AsyncIterable<Buffer>;

/** How many of the bytes are before a character that begins among the last three, if one does. */
function wholeCharacters(chunk: Buffer): number {
	for (let i = chunk.length - 1; i >= Math.max(0, chunk.length - 3); i--)
		if ((chunk[i] as number) >= 0xc0) return i;
	return chunk.length;
}

/** Decodes a file, scans it, and writes it as UTF-8 with plain line ends and without blank lines. */
async function lookAtText(path: string, encoding: Look['encoding'], copyPath: string) {
	const decoder = new TextDecoder(encoding, { fatal: encoding !== 'windows-1252' });
	const copy = await open(copyPath, 'w');
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
			await copy.appendFile(plain);
		};
		for await (const chunk of reading(path, 0)) {
			const text = held + decoder.decode(chunk, { stream: true });
			// A line end may be cut by a chunk's end.
			held = text.endsWith('\r') ? '\r' : '';
			await take(held ? text.slice(0, -1) : text);
		}
		await take(held + decoder.decode());
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
		return { refusals: [{ rule: 'notText' as const }] };
	} finally {
		await copy.close();
	}
	const found = scan?.end();
	if (!found) return { refusals: [{ rule: 'empty' as const }] };
	const result = settled({ ...found, newline: '\n' }, encoding, delimiter, copyPath);
	if ('refusals' in result) await rm(copyPath, { force: true });
	return result;
}
