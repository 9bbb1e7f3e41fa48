import { createProgress, type Progress } from '../demo/progress.ts';

/** Tells on the terminal how far work has come whose size shows only once it is under way. */
export function told(note: string): { at(done: number, total: number): void; end(text: string): void } {
	let progress: Progress | undefined;
	return {
		at(done, total) {
			progress ??= createProgress(total, process.stderr, () => performance.now());
			progress.at(done, note);
		},
		end(text) {
			if (progress) progress.end(text);
			else console.error(text);
		}
	};
}
