export { nearest } from '#lib/catalogue/nearest.ts';

/** Something wrong in a notebook, at a line of its file. */
export type Fault = { line: number; message: string };

/** A notebook cannot be read or run: says every fault that was found, each with its line. */
export class NotebookError extends Error {
	readonly notebook: string;
	readonly faults: readonly Fault[];
	constructor(notebook: string, faults: readonly Fault[]) {
		super(faults.map(({ line, message }) => `${notebook}:${line} ${message}`).join('\n'));
		this.name = 'NotebookError';
		this.notebook = notebook;
		this.faults = faults;
	}
}

/** What is wrong with one block: told at its own line, where that is known, else at that of the block. */
export class BlockFault extends Error {
	readonly line: number | undefined;
	constructor(message: string, line?: number) {
		super(message);
		this.line = line;
	}
}

/** Faults of several readings as one list, in the order of the notebook, each told once. */
export function mergedFaults(...lists: readonly (readonly Fault[])[]): Fault[] {
	const told = new Map(lists.flat().map((fault) => [`${fault.line} ${fault.message}`, fault]));
	return [...told.values()].toSorted((a, b) => a.line - b.line);
}
