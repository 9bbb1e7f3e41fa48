import type { Cookies } from '@sveltejs/kit';

type Attributes = Parameters<Cookies['set']>[2];

const unused = () => {
	throw new Error('A jar in a test reads and writes no headers.');
};

/** A jar of cookies as Kit gives one to a request; what was set is told with its attributes. */
export function cookieJar(kept: Record<string, string> = {}) {
	const values = new Map(Object.entries(kept));
	const set = new Map<string, Attributes>();
	const cookies: Cookies = {
		get: (name) => values.get(name),
		getAll: () => [...values].map(([name, value]) => ({ name, value })),
		set: (name, value, attributes) => {
			values.set(name, value);
			set.set(name, attributes);
		},
		delete: (name) => void values.delete(name),
		parse: unused,
		serialize: unused
	};
	return { cookies, values, set };
}
