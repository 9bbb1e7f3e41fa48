import type { Account } from '#lib/access/role.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Register } from '#lib/server/register/open.ts';

declare global {
	namespace App {
		interface Locals {
			/** Today in Sweden, `YYYY-MM-DD`: the day that figures are asked for when the address names none. */
			asOf: string;
			/** Local time in Sweden, `YYYY-MM-DD HH:MM:SS`: when a submission is received. */
			now: string;
			/** The moment of the request, milliseconds since 1970: what sessions and attempts are measured by. */
			instant: number;
			/** Who is signed in; undefined on the pages that need nobody to be. */
			account: Account | undefined;
			/** Whose exact figures the reader may see. */
			scope: Scope;
			register: Register;
		}
	}
}

export {};
