import { z } from 'zod';
import { sha256 } from './token.ts';

/** What is written down of what people do. */
export const acts = [
	'signedIn',
	'signInFailed',
	'secondFactorFailed',
	'signedOut',
	'signedOutEverywhere',
	'passwordChanged',
	'secondFactorSet',
	'secondFactorRemoved',
	'recoveryCodeUsed',
	'recoveryCodesRenewed',
	'invited',
	'linkMade',
	'linkUsed',
	'accountChanged',
	'accountClosed',
	'accountOpened',
	'handedIn',
	'mendListSeen',
	'mendListFetched',
	'reportSeen',
	'reportFetched',
	'issuesFetched',
	'flagNoted',
	'roundFrozen',
	'roundApproved',
	'roundSent',
	'contactAdded',
	'contactChanged',
	'contactEnded',
	'notebookWritten',
	'notebookAsked',
	'notebookFetched',
	'auditSeen',
	'refused'
] as const;
export type Act = (typeof acts)[number];

/** Who did what, when (ms since 1970), to which unit or account, from which address. `who` is an account's id. */
export type AuditEntry = {
	number: number;
	at: number;
	who: string | null;
	name: string;
	act: Act;
	unit: string | null;
	what: string | null;
	address: string | null;
};

/** What is told of an act; its number is given by the audit. */
export type NewEntry = Pick<AuditEntry, 'at' | 'who' | 'name' | 'act'> &
	Partial<Pick<AuditEntry, 'unit' | 'what' | 'address'>>;

/** An entry as it is kept. */
export const entryRow: z.ZodType<AuditEntry> = z.object({
	number: z.int(),
	at: z.int(),
	who: z.string().nullable(),
	name: z.string(),
	act: z.enum(acts),
	unit: z.string().nullable(),
	what: z.string().nullable(),
	address: z.string().nullable()
});

/** The hash of an entry: over its own fields and the hash of the one before it. */
export const entryHash = ({ number, at, who, name, act, unit, what, address }: AuditEntry, before: string) =>
	sha256(JSON.stringify([before, number, at, who, name, act, unit, what, address]));
