/**
 * The thread in which PDFs are set, as Typst blocks while it does so. It is started by
 * src/lib/server/export/pdf-pool.ts, and lies here because a build does not carry such files along.
 *
 * In: `{ document, seconds, isDrawn }`: a document of src/lib/server/export/typst.ts as JSON, its day, and whether it is
 * to be drawn too.
 * Out: `{ pdf, drawing }`, the drawing an SVG of all pages; or `{ problem }` with what Typst said.
 */
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const root = join(import.meta.dirname, '..');
const compiler = NodeCompiler.create({
	workspace: join(root, 'reports'),
	fontArgs: [{ fontPaths: [join(root, 'node_modules/source-sans/TTF')] }]
});

// Documents and what Typst remembers of them lie outside the heap that Node watches: it would let them pile up by 25
// megabytes a report. What is remembered of one report is of no use to the next, and goes at once.
setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
const reportsBetween = 2;
let reports = 0;

parentPort?.on('message', ({ document, seconds, isDrawn }) => {
	try {
		const made = compiler.compile({ mainFilePath: join(root, 'reports/template.typ'), inputs: { document } });
		const failed = made.takeError();
		if (failed) throw new Error(compiler.fetchDiagnostics(failed).map(said).join('\n'));
		if (!made.result) throw new Error('Typst made no document and said nothing');
		const pdf = compiler.pdf(made.result, { pdfStandard: 'ua-1', creationTimestamp: seconds });
		const bytes = new Uint8Array(pdf);
		const drawing = isDrawn ? compiler.plainSvg(made.result) : undefined;
		parentPort?.postMessage({ pdf: bytes, drawing }, [bytes.buffer]);
	} catch (error) {
		parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) });
	}
	compiler.evictCache(0);
	if (++reports % reportsBetween === 0) collect();
});

/** A diagnostic as file, line and what is wrong; Typst counts lines from 0. */
function said({ message, path, range }: Diagnostic): string {
	return `${basename(path)}${range ? `:${range.start.line + 1}` : ''} ${message}`;
}

type Diagnostic = { message: string; path: string; range: { start: { line: number } } | null };
