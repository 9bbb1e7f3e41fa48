import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Day } from '#lib/period/day.ts';
import { firstPage } from './first-page.ts';
import { projectRoot } from '#lib/server/definition/project-root.ts';
import type { PaperDocument } from './typst.ts';

/** A report could not be set as a PDF: says which, and what Typst says. */
export class PdfError extends Error {
	readonly report: string;
	constructor(report: string, problem: string) {
		super(`The PDF of ${report} could not be made: ${problem}`);
		this.name = 'PdfError';
		this.report = report;
	}
}

type Job = {
	report: string;
	document: string;
	seconds: number;
	isDrawn: boolean;
	done: (set: { pdf: Uint8Array; drawing?: string | undefined }) => void;
	failed: (error: PdfError) => void;
};

/** What a thread answers. */
type Answer = { pdf?: Uint8Array; drawing?: string; problem?: string };

/** Threads that set PDFs, each one report at a time; reports wait in their order. */
export type PdfPool = {
	/** Sets a document. `report` names it in errors. Equal documents give equal bytes. */
	pdf(report: string, document: PaperDocument, day: Day): Promise<Uint8Array>;
	/** The same, with its first page as a picture (SVG). */
	pictured(report: string, document: PaperDocument, day: Day): Promise<{ pdf: Uint8Array; picture: string }>;
	/** Stops the threads; reports that are not yet made fail. */
	close(): Promise<void>;
};

/** Starts a pool. A thread that dies fails only the report that it was making, and is replaced. */
export function createPdfPool(size = Math.min(4, availableParallelism())): PdfPool {
	const waiting: Job[] = [];
	const threads = new Map<Worker, Job | undefined>();
	let closed = false;

	const start = () => {
		const thread = new Worker(join(projectRoot(), 'scripts/pdf-worker.ts'));
		threads.set(thread, undefined);
		thread.on('message', ({ pdf, drawing, problem }: Answer) => {
			const job = threads.get(thread);
			threads.set(thread, undefined);
			thread.unref(); // an idle thread does not keep a command from ending
			if (pdf) job?.done({ pdf, drawing });
			else job?.failed(new PdfError(job.report, problem ?? 'no word from Typst'));
			give();
		});
		const lost = (problem: string) => {
			const job = threads.get(thread);
			if (!threads.delete(thread)) return;
			job?.failed(new PdfError(job.report, problem));
			if (!closed) give();
		};
		thread.on('error', (error) => lost(error instanceof Error ? error.message : String(error)));
		thread.on('exit', (code) => lost(`its thread ended with ${code}`));
		return thread;
	};

	const give = () => {
		if (waiting.length === 0) return;
		const idle = [...threads].find(([, job]) => job === undefined)?.[0];
		const thread = idle ?? (threads.size < size ? start() : undefined);
		const job = thread && waiting.shift();
		if (!thread || !job) return;
		threads.set(thread, job);
		thread.ref();
		thread.postMessage({ document: job.document, seconds: job.seconds, isDrawn: job.isDrawn });
		give();
	};

	const set = (report: string, document: PaperDocument, day: Day, isDrawn: boolean) => {
		if (closed) return Promise.reject(new PdfError(report, 'the threads have been stopped'));
		return new Promise<Parameters<Job['done']>[0]>((done, failed) => {
			const seconds = Date.parse(`${day}T00:00:00Z`) / 1000;
			waiting.push({ report, document: JSON.stringify(document), seconds, isDrawn, done, failed });
			give();
		});
	};

	return {
		pdf: async (report, document, day) => (await set(report, document, day, false)).pdf,
		async pictured(report, document, day) {
			const { pdf, drawing } = await set(report, document, day, true);
			return { pdf, picture: firstPage(drawing ?? '') };
		},
		async close() {
			closed = true;
			for (const job of waiting.splice(0))
				job.failed(new PdfError(job.report, 'the threads have been stopped'));
			await Promise.all([...threads.keys()].map((thread) => thread.terminate()));
		}
	};
}

let shared: PdfPool | undefined;

/** The server's own pool, started with its first report. */
export function pdfPool(): PdfPool {
	shared ??= createPdfPool();
	return shared;
}
