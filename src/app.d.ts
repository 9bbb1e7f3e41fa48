declare global {
	namespace App {
		interface Locals {
			/** Today in Sweden, `YYYY-MM-DD`: the day that figures are asked for when the address names none. */
			asOf: string;
		}
	}
}

export {};
