import type { Account } from '#lib/access/role.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Act } from '#lib/server/access/audit.ts';
import type { OidcSettings } from '#lib/server/access/oidc.ts';
import type { Access } from '#lib/server/access/open.ts';
import type { Session } from '#lib/server/access/sessions.ts';
import type { Desk } from '#lib/server/notebook/desk.ts';
import type { Shelf } from '#lib/server/notebook/shelf.ts';
import type { Register } from '#lib/server/register/open.ts';
import type { MakingJob } from '#lib/server/rounds/making.ts';
import type { Rounds } from '#lib/server/rounds/open.ts';

declare global {
	namespace App {
		interface Locals {
			/** Today in Sweden, `YYYY-MM-DD`: the day that figures are asked for when the address names none. */
			asOf: string;
			/** Local time in Sweden, `YYYY-MM-DD HH:MM:SS`: when a submission is received. */
			now: string;
			/** The moment of the request, milliseconds since 1970: what sessions and attempts are measured by. */
			instant: number;
			/** Where the request comes from, as far as we know. */
			address: string;
			access: Access;
			/** The organisation's sign-in, where there is one. */
			oidc: OidcSettings | undefined;
			/** The session of the request's cookie, also one that a second factor is still missing in. */
			session: Session | undefined;
			/** The request came with a cookie of a session, whatever became of it. */
			hadSession: boolean;
			/** Who is signed in; undefined on the pages that need nobody to be. */
			account: Account | undefined;
			/** Whose exact figures the reader may see. */
			scope: Scope;
			register: Register;
			/** Editions of the feedback rounds, contacts and mails. */
			rounds: Rounds;
			/** The installation's own notebooks. */
			shelf: Shelf;
			/** Where notebooks are run: SQL that people write, over snapshots of the register. */
			desk: Desk;
			/** The one job of the server that makes reports of rounds. */
			making: MakingJob;
			/** Has the plan of the rounds look at once what is to be done, such as mails that wait. */
			wakePlan: () => void;
			/** Writes into the audit log that the reader has done something; what is read is told by src/requests/route-rules.ts. */
			record: (act: Act, of: { unit?: string; what?: string }) => void;
		}
	}
}

export {};
