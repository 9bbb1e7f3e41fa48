import { DuckDBIntegerVector, type DuckDBDataChunk, type DuckDBVector } from '@duckdb/node-api';

/** What the columns of a large answer hold: texts, or whole numbers. None of them may be null. */
export type ColumnShape = Record<string, 'text' | 'integer'>;

/** An answer column by column; the same place in each column is one row. */
export type ColumnsOf<Shape extends ColumnShape> = {
	[Name in keyof Shape]: Shape[Name] extends 'integer' ? Int32Array : string[];
} & { length: number };

/**
 * The columns of an answer by their names. For answers of thousands of rows, of which to make and check each
 * as an object costs more than the question. Throws TypeError when the answer has not the shape.
 */
export function readColumns<Shape extends ColumnShape>(
	shape: Shape,
	names: readonly string[],
	chunks: readonly DuckDBDataChunk[]
): ColumnsOf<Shape> {
	const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
	const columns: Record<string, Int32Array | string[] | number> = { length };
	for (const [name, kind] of Object.entries(shape)) {
		const place = names.indexOf(name);
		if (place < 0) throw new TypeError(`The answer has no column ${name}`);
		const vectors = chunks.map((chunk) => chunk.getColumnVector(place));
		columns[name] = kind === 'integer' ? integers(name, vectors, length) : texts(name, vectors);
	}
	return columns as ColumnsOf<Shape>;
}

function integers(name: string, vectors: readonly DuckDBVector[], length: number): Int32Array {
	const all = new Int32Array(length);
	let from = 0;
	for (const vector of vectors) {
		if (!(vector instanceof DuckDBIntegerVector))
			throw new TypeError(`${name} is ${vector.type.toString()}, not INTEGER`);
		// its parts are private to the bindings, but item by item this takes ten times as long
		const { validity, items } = { validity: vector['validity'], items: vector['items'] };
		for (let at = 0; at < vector.itemCount; at++)
			if (!validity.itemValid(at)) throw new TypeError(`${name} is null in places`);
		all.set(items, from);
		from += vector.itemCount;
	}
	return all;
}

function texts(name: string, vectors: readonly DuckDBVector[]): string[] {
	return vectors.flatMap((vector) =>
		Array.from({ length: vector.itemCount }, (_, at) => {
			const value = vector.getItem(at);
			if (typeof value !== 'string') throw new TypeError(`${name} is ${String(value)}, not a text`);
			return value;
		})
	);
}
