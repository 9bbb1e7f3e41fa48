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

/** What is wrong with one block, thrown where the block is drawn and told at the block's line. */
export class BlockFault extends Error {}
