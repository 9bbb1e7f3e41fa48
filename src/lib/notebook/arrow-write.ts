import {
	batchType,
	bool,
	Column,
	dateDay,
	field,
	float64,
	int32,
	int64,
	list,
	Table,
	tableToIPC,
	utf8,
	Version,
	type Batch,
	type DataType
} from '@uwdata/flechette';
import type { ColumnType } from './table.ts';

/** Which values there are: a byte for each row, 0 where there is none; null when there are all. */
export type Present = Uint8Array | null;

/** A column as it is written: its values row by row, with anything where there is none. Days are days since 1970. */
export type WrittenColumn = { name: string; present: Present } & (
	| { type: 'text'; values: readonly (string | null)[] }
	| { type: 'integer'; values: Int32Array | BigInt64Array }
	| { type: 'number'; values: Float64Array }
	| { type: 'boolean'; values: Uint8Array }
	| { type: 'day'; values: Int32Array }
	| { type: 'numbers'; values: readonly (readonly (number | null)[] | null)[] }
);

/** Columns of equally many rows as an Arrow stream of one batch. Texts are UTF-8, whole numbers of 32 or 64 bits. */
export function arrowOf(columns: readonly WrittenColumn[]): Uint8Array {
	const batches = columns.map(batchOf);
	const schema = {
		version: Version.V5,
		endianness: 0 as const,
		fields: batches.map(({ type }, at) => field(columns[at]?.name ?? '', type)),
		metadata: null
	};
	const table = new Table(
		schema,
		batches.map((each) => new Column([each]))
	);
	const bytes = tableToIPC(table, { format: 'stream' });
	if (!bytes) throw new Error('Arrow wrote nothing');
	return bytes;
}

/** The Arrow type that stands for a kind of column. */
const arrowTypes: Record<Exclude<ColumnType, 'integer'>, () => DataType> = {
	text: utf8,
	number: float64,
	boolean: bool,
	day: dateDay,
	numbers: () => list(field('item', float64()))
};

type Parts = { values?: unknown; offsets?: Int32Array; children?: Batch<unknown>[] };

function batchOf(column: WrittenColumn): Batch<unknown> {
	const { type, values, present } = column;
	if (type === 'integer') {
		const isWide = values instanceof BigInt64Array;
		return batch(isWide ? int64() : int32(), values.length, present, { values });
	}
	const arrow = arrowTypes[type]();
	if (type === 'text') return batch(arrow, values.length, present, encodedTexts(values));
	if (type === 'boolean') return batch(arrow, values.length, present, { values: bits(values).bytes });
	if (type === 'numbers') return batch(arrow, values.length, present, numbersOf(values));
	return batch(arrow, values.length, present, { values });
}

function batch(type: DataType, length: number, present: Present, parts: Parts): Batch<unknown> {
	const { bytes, set } = present ? bits(present) : { bytes: new Uint8Array(0), set: length };
	const nullCount = length - set;
	const validity = nullCount ? bytes : new Uint8Array(0);
	return new (batchType(type))({ type, length, nullCount, validity, ...parts });
}

/** Bytes as bits, the first one lowest, and how many of them are set. */
function bits(of: Uint8Array): { bytes: Uint8Array; set: number } {
	const bytes = new Uint8Array((of.length + 7) >> 3);
	let set = 0;
	for (let at = 0; at < of.length; at++) {
		if (!of[at]) continue;
		bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
		set++;
	}
	return { bytes, set };
}

/** Texts one after the other in UTF-8, and where each begins. Half a surrogate pair becomes the sign for what is lost. */
function encodedTexts(texts: readonly (string | null)[]): Parts {
	const whole = texts.map((text) => text?.toWellFormed() ?? '');
	// all at once, as encoding each apart takes ten times as long
	const values = new TextEncoder().encode(whole.join(''));
	const offsets = new Int32Array(texts.length + 1);
	let end = 0;
	for (const [at, text] of whole.entries()) {
		end += encodedLength(text);
		offsets[at + 1] = end;
	}
	return { values, offsets };
}

/** How many bytes of UTF-8 a text of whole letters takes. */
function encodedLength(text: string): number {
	let bytes = text.length;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code < 0x80) continue;
		// both halves of a pair together take four
		bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
	}
	return bytes;
}

function numbersOf(lists: readonly (readonly (number | null)[] | null)[]): Parts {
	const items = lists.flatMap((each) => each ?? []);
	const offsets = new Int32Array(lists.length + 1);
	for (const [at, each] of lists.entries()) offsets[at + 1] = (offsets[at] ?? 0) + (each?.length ?? 0);
	const present = items.includes(null) ? Uint8Array.from(items, (item) => (item === null ? 0 : 1)) : null;
	const values = Float64Array.from(items, (item) => item ?? 0);
	return { offsets, children: [batch(float64(), items.length, present, { values })] };
}
