import {
	DuckDBBigIntVector,
	DuckDBBooleanVector,
	DuckDBDateVector,
	DuckDBDoubleVector,
	DuckDBIntegerVector,
	DuckDBListVector,
	type DuckDBDataChunk,
	type DuckDBVector
} from '@duckdb/node-api';
import type { Present, WrittenColumn } from '#lib/notebook/arrow-write.ts';
import type { ColumnType } from '#lib/notebook/table.ts';

/**
 * A column of an answer as it is written to Arrow. Its DuckDB type is VARCHAR for text, INTEGER or BIGINT for whole
 * numbers, DOUBLE, BOOLEAN, DATE, or DOUBLE[]. Throws TypeError for another one.
 */
export function writtenColumn(
	name: string,
	type: ColumnType,
	place: number,
	chunks: readonly DuckDBDataChunk[],
	length: number
): WrittenColumn {
	const vectors = chunks.map((chunk) => chunk.getColumnVector(place));
	const base = { name, present: presentOf(vectors, length) };
	if (type === 'text') return { ...base, type, values: vectors.flatMap(texts).slice(0, length) };
	if (type === 'numbers') return { ...base, type, values: vectors.flatMap(lists).slice(0, length) };
	if (type === 'boolean') {
		const parts = vectors.map((vector) => {
			if (!(vector instanceof DuckDBBooleanVector)) throw unexpected(name, vector);
			const { buffer, byteOffset } = vector['dataView'];
			return new Uint8Array(buffer, byteOffset, vector.itemCount);
		});
		return { ...base, type, values: filled(new Uint8Array(length), parts) };
	}
	if (type === 'number') {
		const parts = vectors.map((vector) => {
			if (!(vector instanceof DuckDBDoubleVector)) throw unexpected(name, vector);
			return vector['items'];
		});
		return { ...base, type, values: filled(new Float64Array(length), parts) };
	}
	if (type === 'integer' && vectors[0] instanceof DuckDBBigIntVector) {
		const parts = vectors.map((vector) => {
			if (!(vector instanceof DuckDBBigIntVector)) throw unexpected(name, vector);
			return vector['items'];
		});
		return { ...base, type, values: filled(new BigInt64Array(length), parts) };
	}
	const parts = vectors.map((vector) => {
		if (vector instanceof DuckDBIntegerVector) return vector['items'];
		if (vector instanceof DuckDBDateVector) return vector['items'];
		throw unexpected(name, vector);
	});
	return { ...base, type, values: filled(new Int32Array(length), parts) };
}

const unexpected = (name: string, vector: DuckDBVector) =>
	new TypeError(`The column ${name} is read as ${vector.type.toString()}, which is not foreseen`);

/** The parts one after the other, as far as they fit. The bindings' parts are private, but item by item takes ten times as long. */
function filled<Values extends Float64Array | Int32Array | BigInt64Array | Uint8Array>(
	all: Values,
	parts: readonly Values[]
): Values {
	let from = 0;
	for (const part of parts) {
		all.set(part.subarray(0, all.length - from) as never, from);
		from += part.length;
		if (from >= all.length) break;
	}
	return all;
}

/** Which rows have a value, as a byte each; null when all have. */
function presentOf(vectors: readonly DuckDBVector[], length: number): Present {
	const present = new Uint8Array(length).fill(1);
	let from = 0;
	let isAnyMissing = false;
	for (const vector of vectors) {
		const { data } = validityOf(vector);
		const rows = Math.min(vector.itemCount, length - from);
		if (data)
			for (let word = 0; word * 64 < rows; word++) {
				const bits = data[word] ?? 0n;
				if (bits === allBits) continue;
				for (let bit = 0; bit < 64 && word * 64 + bit < rows; bit++)
					if (!((bits >> BigInt(bit)) & 1n)) {
						present[from + word * 64 + bit] = 0;
						isAnyMissing = true;
					}
			}
		from += rows;
	}
	return isAnyMissing ? present : null;
}

const allBits = 0xffff_ffff_ffff_ffffn;

/** DuckDB's own bits, 64 rows a word. They are private to the bindings, too. */
const validityOf = (vector: DuckDBVector) =>
	(vector as unknown as { validity: { data: BigUint64Array | null } }).validity;

const texts = (vector: DuckDBVector): (string | null)[] =>
	Array.from({ length: vector.itemCount }, (_, at) => {
		const value = vector.getItem(at);
		return typeof value === 'string' ? value : null;
	});

function lists(vector: DuckDBVector): ((number | null)[] | null)[] {
	if (!(vector instanceof DuckDBListVector)) throw new TypeError(`${vector.type.toString()} is no list`);
	return Array.from({ length: vector.itemCount }, (_, at) => {
		const items = vector.getItemVector(at);
		return (
			items &&
			Array.from({ length: items.itemCount }, (_each, place) => {
				const item = items.getItem(place);
				return typeof item === 'number' && Number.isFinite(item) ? item : null;
			})
		);
	});
}
