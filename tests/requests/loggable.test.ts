import { expect, test } from 'vitest';
import { loggable } from '../../src/requests/loggable.ts';

test('an error is logged with its place, without identity numbers and links', () => {
	const error = new Error('No mother 19121212-1212 nor 121212+1212 nor 191212121212.');
	const text = loggable('GET', '/sign-in/link/s3cr3t-token', error);
	expect(text).toContain('GET /sign-in/link/…');
	expect(text).toContain('loggable.test.ts');
	expect(text).not.toMatch(/1212|s3cr3t/);
});

test('what is thrown and no error is logged as text', () => {
	expect(loggable('GET', '/units', 'odd')).toBe('GET /units\nodd');
});
