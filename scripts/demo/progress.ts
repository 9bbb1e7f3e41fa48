/** Tells a person how far long work has come: one line kept up to date in a terminal, else a line now and then. */
export type Progress = { at(done: number, note: string): void; end(note: string): void };

/** Where the lines go. */
export type Output = {
	isTTY?: boolean | undefined;
	columns?: number | undefined;
	write(text: string): unknown;
};

/** Progress over `total` steps; `now` gives the time in milliseconds. */
export function createProgress(total: number, output: Output, now: () => number): Progress {
	const started = now();
	let shown = -Infinity;
	let tenth = 0;
	const line = (done: number, note: string) => {
		const seconds = (now() - started) / 1000;
		const left = done > 0 ? Math.ceil((seconds * (total - done)) / done) : undefined;
		const percent = Math.floor((100 * done) / total);
		return `${String(percent).padStart(3)} %  ${done} of ${total} files, ${note}${left === undefined ? '' : `, about ${left} s left`}`;
	};
	return {
		at(done, note) {
			if (output.isTTY) {
				if (now() - shown < 100 && done < total) return;
				shown = now();
				output.write(`\r${line(done, note).slice(0, (output.columns ?? 80) - 1)}\u001B[K`);
			} else if (Math.floor((10 * done) / total) > tenth) {
				tenth = Math.floor((10 * done) / total);
				output.write(`${line(done, note)}\n`);
			}
		},
		end(note) {
			output.write(`${output.isTTY ? '\r\u001B[K' : ''}${note}\n`);
		}
	};
}
