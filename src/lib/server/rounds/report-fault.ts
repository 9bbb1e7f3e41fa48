import type { Locale } from '#lib/catalogue/text.ts';
import { NotebookError } from '#lib/notebook/fault.ts';
import { m } from '#lib/paraglide/messages.js';
import { NoSuchNotebook } from '#lib/server/notebook/find.ts';
import { withoutIdentityNumbers } from '#lib/submission/identity.ts';
import { damagedFault } from './damaged.ts';
import { NothingAbout } from './report-kind.ts';

/**
 * What can be wrong with a report: the notebook that it is made of, that there is nothing or nobody for it to be
 * about, that its figures cannot be asked for, that its PDF or its workbook cannot be written.
 */
const kinds = ['notebook', 'nothing', 'figures', 'pdf', 'workbook'] as const;
export type FaultKind = (typeof kinds)[number];

/** So much is kept of why a report could not be made. */
const mostCharacters = 2000;

/** A fault as it is kept: its kind, and what was said in technical words. `step` is what the program was at. */
export function keptFault(error: unknown, step: 'figures' | 'pdf' | 'workbook'): string {
	const told = withoutIdentityNumbers(error instanceof Error ? error.message : String(error));
	return `${kindOf(error) ?? step}: ${told || 'no reason was given'}`.slice(0, mostCharacters);
}

function kindOf(error: unknown): FaultKind | undefined {
	if (error instanceof NotebookError || error instanceof NoSuchNotebook) return 'notebook';
	return error instanceof NothingAbout ? 'nothing' : undefined;
}

/** Why a report is not there: in the reader's words, and the technical reason, which is in English. */
export type FaultTold = { sentence: string; reason: string | null };

/** A kept fault in the reader's language. */
export function faultTold(fault: string, locale: Locale): FaultTold {
	if (fault === damagedFault) return { sentence: m.round_fault_damaged({}, { locale }), reason: null };
	const sentences: Record<FaultKind, (inputs: object, options: { locale: Locale }) => string> = {
		notebook: m.round_fault_notebook,
		nothing: m.round_fault_nothing,
		figures: m.round_fault_figures,
		pdf: m.round_fault_pdf,
		workbook: m.round_fault_workbook
	};
	const kind = kinds.find((each) => fault.startsWith(`${each}: `));
	return kind
		? { sentence: sentences[kind]({}, { locale }), reason: fault.slice(kind.length + 2) }
		: { sentence: m.round_fault_other({}, { locale }), reason: fault };
}
