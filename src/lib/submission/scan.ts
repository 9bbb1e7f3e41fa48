import type { Refusal, RefusalRule } from './issue.ts';

/** Limits of a file that is read at all (security.md). */
export const limits = { columns: 500, fieldBytes: 32_768 } as const;

/** So much of a column's name is kept: no register's name is as long, and a header may be made to fill memory. */
const nameBytes = 1000;

/** What the look over the bytes found. `rows` are records after the header. */
export type Scan = {
	header: string[];
	rows: number;
	longestRow: number;
	newline: '\n' | '\r\n' | 'other';
	blankLines: boolean;
	/** Whether a line end stands inside quotes, so that a line's start is no row's start. */
	quotedLineEnds: boolean;
	refusals: Refusal[];
};

const [nul, lf, cr, quote] = [0, 10, 13, 34];
const textOf = (bytes: number[]) => new TextDecoder().decode(Uint8Array.from(bytes));

/** The delimiter of a header: of ; , and tab the one that stands most often outside quotes. */
export function delimiterOf(headerLine: string): ';' | ',' | '\t' {
	const bare = headerLine.replace(/"[^"]*"/g, '');
	const counted = ([';', ',', '\t'] as const).map((d) => ({ d, n: bare.split(d).length - 1 }));
	return counted.reduce((best, next) => (next.n > best.n ? next : best)).d;
}

/**
 * Looks at every byte of a CSV text (UTF-8, no byte order mark), chunk by chunk, as RFC 4180 with any
 * delimiter: counts rows and fields, and refuses what a reader would guess about. Row 1 is the header.
 */
export function createScan(delimiter: ';' | ',' | '\t') {
	const separator = delimiter.charCodeAt(0);
	const plain = new Uint8Array(256).fill(1);
	for (const byte of [separator, nul, lf, cr, quote]) plain[byte] = 0;
	const headerBytes: number[][] = [[]];
	const found = new Map<RefusalRule, Refusal & { row: number; count: number; last: number }>();
	let fields = 0; // complete fields of this record
	let width = 0; // fields of the header
	let record = 1;
	let fieldBytes = 0;
	let rowBytes = 0;
	let longestRow = 0;
	let state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
	let afterCr = false;
	let lfs = 0;
	let crlfs = 0;
	let crs = 0;
	let blankLines = false;
	let quotedLineEnds = false;
	const quoteOpened = { row: 0, field: 0 };

	/** The column's name, or its number for the header itself and where it has no name. */
	const nameOf = (field: number, row: number) => {
		const name = row > 1 ? textOf(headerBytes[field] ?? []).trim() : '';
		return name === '' ? String(field + 1) : name;
	};
	/** Notes the first row that has this, and how many rows have it. */
	const refuse = (rule: RefusalRule, more: Partial<Refusal> = {}) => {
		const earlier = found.get(rule);
		if (!earlier) found.set(rule, { rule, row: record, count: 1, last: record, ...more });
		else if (earlier.last < record) {
			earlier.count++;
			earlier.last = record;
		}
	};
	const refuseField = (rule: RefusalRule, more: Partial<Refusal> = {}) => {
		refuse(rule, found.has(rule) ? {} : { column: nameOf(fields, record), ...more });
	};
	const keep = (byte: number) => {
		fieldBytes++;
		if (record === 1 && fieldBytes <= nameBytes && fields <= limits.columns) headerBytes.at(-1)?.push(byte);
	};
	const endField = () => {
		if (fieldBytes > limits.fieldBytes) refuseField('fieldTooLong', { limit: limits.fieldBytes });
		fields++;
		fieldBytes = 0;
		state = 'start';
		if (record === 1 && fields <= limits.columns) headerBytes.push([]);
	};
	const endRecord = () => {
		if (fields === 0 && fieldBytes === 0 && state === 'start') {
			blankLines = true;
			return;
		}
		endField();
		if (record === 1) width = fields;
		else if (fields !== width) refuse('wrongNumberOfFields', { fields, limit: width });
		record++;
		fields = 0;
		if (rowBytes > longestRow) longestRow = rowBytes;
		rowBytes = 0;
	};

	const take = (byte: number) => {
		rowBytes++;
		if (afterCr) {
			afterCr = false;
			if (byte === lf) {
				crlfs++;
				rowBytes = 0;
				return;
			}
			crs++;
		}
		if (state === 'quoted') {
			if (byte === quote) state = 'closed';
			else if (byte === nul) refuseField('nul');
			else {
				if (byte === lf || byte === cr) quotedLineEnds = true;
				keep(byte);
			}
		} else if (byte === separator) endField();
		else if (byte === lf) {
			lfs++;
			endRecord();
		} else if (byte === cr) {
			afterCr = true;
			endRecord();
		} else if (byte === quote) {
			if (state === 'start') {
				state = 'quoted';
				quoteOpened.row = record;
				quoteOpened.field = fields;
			} else if (state === 'closed') {
				state = 'quoted'; // a doubled quote inside quotes
				keep(byte);
			} else refuseField('strayQuote');
		} else if (byte === nul) refuseField('nul');
		else if (state === 'closed') {
			refuseField('strayQuote');
			state = 'bare';
		} else {
			state = 'bare';
			keep(byte);
		}
	};

	/**
	 * Whole plain records (no quote, NUL or CR) from `from` on, as nearly all are: only separators and line
	 * ends are looked for. Gives the place of the first byte that it did not take.
	 */
	const takePlainRecords = (chunk: Uint8Array, from: number): number => {
		let start = from; // of the record
		let fieldStart = from;
		let separators = 0;
		const { length } = chunk;
		for (let i = from; i < length; i++) {
			const byte = chunk[i] as number;
			if (plain[byte] === 1) continue;
			if (byte === separator) {
				if (i - fieldStart > limits.fieldBytes) return start;
				separators++;
				fieldStart = i + 1;
			} else if (byte === lf || (byte === cr && chunk[i + 1] === lf)) {
				if (i === start || separators + 1 !== width || i - fieldStart > limits.fieldBytes) return start;
				if (byte === cr) {
					crlfs++;
					i++;
				} else lfs++;
				if (i + 1 - start > longestRow) longestRow = i + 1 - start;
				record++;
				separators = 0;
				start = fieldStart = i + 1;
			} else if (byte === quote || byte === cr || byte === nul) return start;
		}
		return start;
	};

	/** The record that was not plain, or is cut by the chunk's end, byte by byte; gives the place after it. */
	const takeRecord = (chunk: Uint8Array, from: number): number => {
		const before = record;
		for (let i = from; i < chunk.length; i++) {
			take(chunk[i] as number);
			if (record !== before) return i + 1;
		}
		return chunk.length;
	};

	return {
		/** Takes the next bytes. */
		feed(chunk: Uint8Array) {
			let i = 0;
			while (i < chunk.length) {
				if (afterCr && chunk[i] === lf) take(chunk[i++] as number);
				if (record > 1 && rowBytes === 0 && !afterCr) i = takePlainRecords(chunk, i);
				i = takeRecord(chunk, i);
			}
		},
		/** Ends the file and says what was found. */
		end(): Scan {
			if (afterCr) crs++;
			const unclosed = state === 'quoted';
			if (fields > 0 || fieldBytes > 0 || state !== 'start') endRecord();
			if (unclosed) {
				// All that follows the quote is one field, so what else is wrong from there on is its doing.
				for (const [rule, { row }] of found) if (row >= quoteOpened.row) found.delete(rule);
				const { row, field } = quoteOpened;
				refuse('unclosedQuote', { row, column: nameOf(field, row) });
			}
			if (width > limits.columns) refuse('tooManyColumns', { row: 1, fields: width, limit: limits.columns });
			const reasons: Refusal[] = [...found.values()].map(({ last: _last, ...refusal }) => refusal);
			if (reasons.length === 0 && record <= 2) reasons.push({ rule: record === 2 ? 'headerOnly' : 'empty' });
			return {
				header: headerBytes.slice(0, width).map(textOf),
				rows: Math.max(0, record - 2),
				longestRow,
				newline: crs > 0 || (lfs > 0 && crlfs > 0) ? 'other' : crlfs > 0 ? '\r\n' : '\n',
				blankLines,
				quotedLineEnds,
				refusals: reasons
			};
		}
	};
}
