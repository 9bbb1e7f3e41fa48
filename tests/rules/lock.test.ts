import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { missingFrom, platformOf } from '../../scripts/complete-lock.mjs';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));

test('the lock holds every optional package that is promised, so that npm ci works', () => {
	expect(missingFrom(lock)).toEqual([]);
});

test('the lock names no address to download from', () => {
	expect(JSON.stringify(lock)).not.toMatch(/"resolved"|https?:\/\/registry/);
});

test('missingFrom() sees a promise that is not kept', () => {
	const packages = { 'node_modules/a': { optionalDependencies: { 'a-linux-x64-musl': '1.0.0' } } };
	expect(missingFrom({ packages })).toEqual([
		{ name: 'a-linux-x64-musl', version: '1.0.0', by: 'node_modules/a' }
	]);
});

test('platformOf() reads system, processor and C library off a name', () => {
	expect(platformOf('@x/binding-linux-arm64-musl')).toEqual({
		os: ['linux'],
		cpu: ['arm64'],
		libc: ['musl']
	});
	expect(platformOf('x-linux-arm-gnueabihf')).toEqual({ os: ['linux'], cpu: ['arm'], libc: ['glibc'] });
	expect(platformOf('x-win32-x64-msvc')).toEqual({ os: ['win32'], cpu: ['x64'] });
	expect(platformOf('left-pad')).toBeUndefined();
});
