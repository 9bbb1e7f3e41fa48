import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from '#lib/format/local-path.ts';

test.for([
	'/',
	'/en',
	'/units/visby?period=2026-Q1&as-of=2026-06-30#log',
	'/sign-information',
	'/units?q=https://elsewhere.example'
])('%s is an address of ours', (path) => {
	expect(localPath(path)).toBe(path);
});

test.for([
	null,
	'',
	'units',
	'//elsewhere.example',
	'///elsewhere.example',
	'/\\elsewhere.example',
	'\\\\elsewhere.example',
	'/\t/elsewhere.example',
	'/\n\\elsewhere.example',
	'/..//elsewhere.example',
	'/.//elsewhere.example',
	'/%2e%2e//elsewhere.example',
	'https://elsewhere.example/',
	'https:elsewhere.example',
	'javascript:alert(1)',
	' //elsewhere.example',
	'//['
])('%j leads nowhere', (text) => {
	expect(localPath(text)).toBeUndefined();
});

test('whoever has signed in is not led back to signing in or out', () => {
	for (const path of ['/sign-in', '/en/sign-in?to=%2F', '/sign-in/enrol', '/sign-out', '/en/x/../sign-out'])
		expect(localPath(path), path).toBeUndefined();
});

test('whatever is let through stays on our host, as a browser reads it', () => {
	const origin = 'https://bortfall.example';
	const part = fc.constantFrom(
		'/',
		'\\',
		'.',
		'..',
		'%2e',
		'\t',
		'\n',
		' ',
		':',
		'@',
		'?',
		'#',
		'evil.example'
	);
	fc.assert(
		fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
			const path = localPath(`/${parts.join('')}`);
			if (path !== undefined) expect(new URL(path, origin).origin).toBe(origin);
		}),
		{ numRuns: 2000 }
	);
});
