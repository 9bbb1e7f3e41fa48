import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DemoOptions } from './country.ts';
import type { WorkerInput, WorkerMessage } from './worker.ts';

/** Files that may wait for their turn. */
const ahead = 6;

/**
 * What another thread tells while it makes the files of a demo, a few ahead of the reader: how many are
 * planned, each file, and at the end the manifest. The thread ends with the reader.
 */
export async function* madeBeside(definition: string, options: DemoOptions): AsyncGenerator<WorkerMessage> {
	const input: WorkerInput = { definition, options };
	const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: input });
	const askForOne = () => worker.postMessage('more', []);
	try {
		const said = on(worker, 'message') as AsyncIterable<[WorkerMessage]>;
		for (let n = 0; n < ahead; n++) askForOne();
		for await (const [message] of said) {
			yield message;
			if (message.kind === 'end') return;
			askForOne();
		}
	} finally {
		await worker.terminate();
	}
}
