import type { Scope } from '#lib/access/scope.ts';
import type { Register } from '#lib/server/register/open.ts';

declare global {
	namespace App {
		interface Locals {
			/** Today in Sweden, `YYYY-MM-DD`: the day that figures are asked for when the address names none. */
			asOf: string;
			/** Local time in Sweden, `YYYY-MM-DD HH:MM:SS`: when a submission is received. */
			now: string;
			/** Whose exact figures the reader may see. */
			scope: Scope;
			register: Register;
		}
	}
}

export {};
