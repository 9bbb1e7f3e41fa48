/**
 * How the server and a process of the sandbox speak: a head as JSON and a body of bytes, each with its length before
 * it. Nothing in it is run or made an object of but JSON, so that a process gone astray can say what it likes.
 */
export type Frame = { head: unknown; body: Uint8Array };

const lengths = 8;

/** A frame as bytes, to be written one part after the other. */
export function frameParts(head: unknown, body: Uint8Array = new Uint8Array(0)): Uint8Array[] {
	const written = Buffer.from(JSON.stringify(head));
	const start = Buffer.alloc(lengths);
	start.writeUInt32LE(written.length, 0);
	start.writeUInt32LE(body.length, 4);
	return body.length ? [start, written, body] : [start, written];
}

/**
 * Puts the bytes that arrive together into frames. Throws RangeError for one that says it is longer than `longest`
 * bytes, SyntaxError for a head that is not JSON.
 */
export function readingFrames(onFrame: (frame: Frame) => void, longest: number): (bytes: Uint8Array) => void {
	let parts: Uint8Array[] = [];
	let held = 0;
	let wanted = lengths;
	return (bytes) => {
		parts.push(bytes);
		held += bytes.length;
		while (held >= wanted) {
			const all = parts.length === 1 && parts[0] ? Buffer.from(parts[0]) : Buffer.concat(parts, held);
			parts = [all];
			const head = all.readUInt32LE(0);
			const body = all.readUInt32LE(4);
			wanted = lengths + head + body;
			if (wanted > longest) throw new RangeError(`a frame of ${wanted} bytes is too long`);
			if (held < wanted) return;
			const rest = all.subarray(wanted);
			onFrame({
				head: JSON.parse(all.toString('utf8', lengths, lengths + head)),
				body: Uint8Array.from(all.subarray(lengths + head, wanted))
			});
			parts = rest.length ? [rest] : [];
			held = rest.length;
			wanted = lengths;
		}
	};
}
