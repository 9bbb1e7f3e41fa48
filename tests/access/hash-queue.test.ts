import type * as Crypto from 'node:crypto';
import { expect, test, vi } from 'vitest';

const counted = vi.hoisted(() => ({ running: 0, most: 0, all: 0 }));
vi.mock('node:crypto', async (original) => {
	const crypto = await original<typeof Crypto>();
	const argon2: typeof crypto.argon2 = (algorithm, parameters, callback) => {
		counted.all += 1;
		counted.running += 1;
		counted.most = Math.max(counted.most, counted.running);
		crypto.argon2(algorithm, { ...parameters, memory: 64, passes: 1 }, (error, tag) => {
			counted.running -= 1;
			const isBad = String(parameters.message) === 'bad';
			callback(isBad ? new Error('no memory') : error, tag);
		});
	};
	return { ...crypto, argon2 };
});

test('a flood of sign-ins computes two hashes at a time, and each of them has its turn', async () => {
	const { verifyPassword } = await import('#lib/server/access/password-hash.ts');
	const fails = verifyPassword('bad', undefined);
	const all = Array.from({ length: 40 }, () => verifyPassword('x', undefined));
	await expect(fails).rejects.toThrow('no memory');
	expect(await Promise.all(all)).toEqual(Array(40).fill(false));
	expect(counted).toEqual({ running: 0, most: 2, all: 41 });
});
