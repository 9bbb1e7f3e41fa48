import type { Locale } from '#lib/catalogue/text.ts';
import type { Round } from '#lib/period/round.ts';
import type { PdfPool } from '#lib/server/export/pdf-pool.ts';
import type { Register } from '#lib/server/register/open.ts';

/** The kinds of reports that a round can have: of each unit, of each antenatal clinic, of the nation. */
export const kindNames = ['unit', 'clinic', 'nation'] as const;
export type Kind = (typeof kindNames)[number];

/** What a report of a round is written as. */
export const reportFormats = ['pdf', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/**
 * Whom a report is about: a unit's id, a clinic's number, or 'nation'; and the unit whose people may see it, or null
 * where only those may who see the whole nation.
 */
export type Subject = { of: string; unit: string | null };

/** There is nothing, or nobody, that a report could be about. */
export class NothingAbout extends Error {}

/** How a report's flags stand to the round before, and how many births those that are new concern. */
export type FlagNumbers = { new: number; persisting: number; resolved: number; newBirths: number };

/** A report in one language, to be written as files. */
export type RunReport = {
	/** Its first sentence as plain text: what a mail may say. */
	opening: string | null;
	/** Null where there was no round before. */
	flags: FlagNumbers | null;
	/** Its bytes; equal figures give equal bytes. */
	file(format: ReportFormat): Promise<Uint8Array>;
	/** The PDF with its first page as an SVG, where there is to be a picture of it. */
	pictured?: () => Promise<{ pdf: Uint8Array; picture: string }>;
};

/** What reports are made of: the register as it was frozen, the round, and the threads that set PDFs. */
export type MadeOf = { register: Register; held: Round; pool: PdfPool };

/** A kind of report: whom there is one about, and how it is made. */
export type ReportKind = {
	kind: Kind;
	/** The notebook of reports/ that it is made of; null where there is none. */
	notebook: string | null;
	formats: readonly ReportFormat[];
	list(frozen: Register, held: Round): Promise<readonly Subject[]>;
	/** Runs the report. Throws NothingAbout or whatever is wrong with it: the others are made all the same. */
	run(from: MadeOf, of: string, locale: Locale): Promise<RunReport>;
};
