/** The JSON values of a stream of lines, each as soon as its line is whole. Throws SyntaxError for a line that is none. */
export async function* jsonLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
	const reader = stream
		.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
		.getReader();
	let rest = '';
	try {
		for (;;) {
			const { done, value } = await reader.read();
			const lines = (rest + (value ?? '')).split('\n');
			rest = done ? '' : (lines.pop() ?? '');
			for (const line of lines) if (line.trim()) yield JSON.parse(line);
			if (done) return;
		}
	} finally {
		// whoever stops reading half way lets the server know
		await reader.cancel().catch(() => undefined);
	}
}
