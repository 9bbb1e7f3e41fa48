/** Median of some numbers; NaN for none. */
export const median = (numbers: readonly number[]) => quantile(numbers, 0.5);

/** The value below which a share p of the numbers lies. */
export function quantile(numbers: readonly number[], p: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

/** Milliseconds that some work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

/** One line of the results: what, how much, and the goal that it is held against. */
export type Line = { what: string; value: string; goal?: string; met?: boolean };

/** Lines as a Markdown table. */
export function tableOf(title: string, lines: readonly Line[]): string {
	const rows = lines.map(
		({ what, value, goal = '', met }) =>
			`| ${what} | ${value} | ${goal}${met === undefined ? '' : met ? ' ✓' : ' ✗'} |`
	);
	return [`## ${title}`, '', '| What | Measured | Goal |', '| --- | --- | --- |', ...rows, ''].join('\n');
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const times = (value: number) => `${value.toFixed(2)} ×`;
export const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;
