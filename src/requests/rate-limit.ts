/** What is left to somebody who asks, and when that was reckoned, ms since 1970. */
type Allowance = { left: number; at: number };

/** How much may be asked at once, and how much a second comes back. */
export type Rate = { most: number; perSecond: number };

/** Nobody reads so many pages; a program that asks for all of them is slowed down. */
export const rates = {
	/** Of somebody who is signed in. */
	account: { most: 1200, perSecond: 20 },
	/** Of an address from which nobody is signed in. */
	address: { most: 120, perSecond: 2 }
} satisfies Record<string, Rate>;

/** So many allowances are remembered at most; one that is full again is forgotten first. */
const mostRemembered = 10_000;

/**
 * A limit on what each of many may ask. `take` answers 0 when it is within the limit, else after how many seconds
 * it will be. What is refused is not counted.
 */
export function rateLimit() {
	const allowances = new Map<string, Allowance>();

	const forgetFull = (instant: number) => {
		for (const [who, { left, at }] of allowances) {
			const rate = who.startsWith('address ') ? rates.address : rates.account;
			if (left + ((instant - at) / 1000) * rate.perSecond >= rate.most) allowances.delete(who);
		}
		// whoever asked first is let off, so that a flood of addresses cannot take the memory
		for (const [who] of allowances) {
			if (allowances.size <= mostRemembered) return;
			allowances.delete(who);
		}
	};

	return {
		take(kind: keyof typeof rates, who: string, cost: number, instant: number): number {
			const rate: Rate = rates[kind];
			const key = `${kind} ${who}`;
			const before = allowances.get(key) ?? { left: rate.most, at: instant };
			const left = Math.min(rate.most, before.left + ((instant - before.at) / 1000) * rate.perSecond);
			const enough = left >= cost;
			allowances.set(key, { left: enough ? left - cost : left, at: instant });
			if (allowances.size > mostRemembered) forgetFull(instant);
			return enough ? 0 : Math.ceil((cost - left) / rate.perSecond);
		}
	};
}
