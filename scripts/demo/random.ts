/** A number from 0 to 2³²−1 for a text, spread evenly (FNV-1a with a last stirring). */
export function hashOf(text: string): number {
	let hash = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
	return (hash ^ (hash >>> 15)) >>> 0;
}

/** One number from 0 up to 1 that belongs to a text: asked again, it is the same. */
export const shareOf = (...seed: (string | number)[]) => hashOf(seed.join('/')) / 2 ** 32;

/**
 * A stream of random numbers (mulberry32) that depends on its seed alone. Every unit and month has a
 * stream of its own, so that what is planted in one place moves nothing in another.
 */
export class Random {
	private state: number;
	private spare: number | undefined;

	constructor(...seed: (string | number)[]) {
		this.state = hashOf(seed.join('/'));
	}

	/** From 0 up to 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** True in this share of all cases. */
	chance(share: number): boolean {
		return this.next() < share;
	}

	/** A whole number from `low` to `high`, both included. */
	whole(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** From a normal distribution (Box and Muller: two at a time, the second kept). */
	normal(mean: number, deviation: number): number {
		let standard = this.spare;
		if (standard === undefined) {
			const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
			const angle = 2 * Math.PI * this.next();
			standard = radius * Math.cos(angle);
			this.spare = radius * Math.sin(angle);
		} else this.spare = undefined;
		return mean + deviation * standard;
	}

	/** A normal value as a whole number within limits. */
	rounded(mean: number, deviation: number, low: number, high: number): number {
		return Math.min(high, Math.max(low, Math.round(this.normal(mean, deviation))));
	}

	/** A number of events where so many are expected (Poisson; near enough to normal from 50 on). */
	events(expected: number): number {
		if (expected > 50) return Math.max(0, Math.round(this.normal(expected, Math.sqrt(expected))));
		const limit = Math.exp(-expected);
		let count = 0;
		for (let product = this.next(); product > limit; product *= this.next()) count++;
		return count;
	}

	/** Any of the list, each as often. */
	anyOf<T>(list: readonly [T, ...T[]]): T {
		return list[Math.floor(this.next() * list.length)] ?? list[0];
	}
}

/** A choice among values by their weights, made ready once: `(random) => value`. */
export function weighted<T>(
	first: readonly [T, number],
	...others: readonly (readonly [T, number])[]
): (random: Random) => T {
	const choices = [first, ...others];
	const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
	return (random) => {
		let left = random.next() * total;
		for (const [value, weight] of choices) {
			left -= weight;
			if (left < 0) return value;
		}
		return first[0];
	};
}
