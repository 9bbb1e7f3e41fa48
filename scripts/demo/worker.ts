/** Makes the demo's files beside the thread that hands them in; one more each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { demo, type DemoFile, type DemoOptions, type ManifestEntry } from './country.ts';

export type WorkerInput = { definition: string; options: DemoOptions };
export type WorkerMessage =
	| { kind: 'planned'; files: number }
	| { kind: 'file'; file: DemoFile; position: number }
	| { kind: 'end'; manifest: ManifestEntry[] };

const port = parentPort;
if (!port) throw new Error('This file is run as a worker of scripts/demo.ts.');
const { definition, options } = workerData as WorkerInput;
const say = (message: WorkerMessage) => port.postMessage(message);

const made = demo(await loadDefinition(definition), options);
const files = made.files();
say({ kind: 'planned', files: made.planned });
let position = 0;
port.on('message', () => {
	const next = files.next();
	if (next.done) say({ kind: 'end', manifest: made.manifest() });
	else say({ kind: 'file', file: next.value, position: ++position });
});
