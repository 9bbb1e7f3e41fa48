import { expect, test } from 'vitest';
import { jsonLines } from '../../src/routes/notebooks/[notebook=slug]/edit/json-lines.ts';

/** A stream of these pieces; `onCancel` is called when its reader gives up. */
function streamOf(pieces: readonly Uint8Array[], onCancel = () => {}) {
	const left = [...pieces];
	return new ReadableStream<Uint8Array>({
		pull(controller) {
			const next = left.shift();
			if (next) controller.enqueue(next);
			else controller.close();
		},
		cancel: onCancel
	});
}

async function valuesOf(stream: ReadableStream<Uint8Array>): Promise<unknown[]> {
	const values: unknown[] = [];
	for await (const value of jsonLines(stream)) values.push(value);
	return values;
}

test('lines are read as values wherever the stream is cut, also within a letter', async () => {
	const bytes = new TextEncoder().encode('{"a":"å"}\n\n[1]\n"last"');
	for (let cut = 0; cut <= bytes.length; cut++)
		expect(await valuesOf(streamOf([bytes.subarray(0, cut), bytes.subarray(cut)])), `${cut}`).toEqual([
			{ a: 'å' },
			[1],
			'last'
		]);
});

test('each value is there as soon as its line has ended', async () => {
	const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
	const writer = writable.getWriter();
	const values = jsonLines(readable);
	void writer.write(new TextEncoder().encode('1\n2'));
	expect((await values.next()).value).toBe(1);
	void writer.close();
	expect((await values.next()).value).toBe(2);
});

test('whoever stops reading lets the sender know', async () => {
	let cancelled = false;
	const pieces = Array.from({ length: 100 }, () => new TextEncoder().encode('1\n'));
	for await (const value of jsonLines(streamOf(pieces, () => (cancelled = true)))) if (value === 1) break;
	await expect.poll(() => cancelled).toBe(true);
});

test('a line that is no JSON is an error', async () => {
	await expect(valuesOf(streamOf([new TextEncoder().encode('{"a":\n')]))).rejects.toThrow(SyntaxError);
});
