import { expect, test } from 'vitest';
import { formatBytes } from '#lib/format/bytes.ts';
import { uploadText } from '#lib/format/upload-text.ts';

test.for([
	[0, '0 byte'],
	[812, '812 byte'],
	[999, '999 byte'],
	[1400, '1,4 kB'],
	[99_600, '100 kB'],
	[999_600, '1,0 MB'],
	[25_000_000, '25,0 MB'],
	[1_073_741_824, '1,1 GB'],
	[5e12, '5\u202f000 GB']
] as const)('%d bytes are written %s', ([bytes, text]) => {
	expect(formatBytes(bytes, 'sv')).toBe(text.replace(' ', '\u00a0'));
});

test('English tells one byte from several, and points its decimals', () => {
	expect([1, 2, 1400].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
		'1\u00a0byte',
		'2\u00a0bytes',
		'1.4\u00a0kB'
	]);
});

const going = { bytes: 12_000_000, total: 25_000_000, share: 0.48 };

test('an upload tells its share, its bytes and, once it is known, the time left', () => {
	expect(uploadText({ ...going, secondsLeft: null }, 'sv')).toBe('48\u00a0% · 12,0\u00a0MB av 25,0\u00a0MB');
	expect(uploadText({ ...going, secondsLeft: 17 }, 'sv')).toMatch(/, ungefär 20 sekunder kvar$/);
	expect(uploadText({ ...going, secondsLeft: 61 }, 'sv')).toMatch(/, ungefär en minut kvar$/);
	expect(uploadText({ ...going, secondsLeft: 200 }, 'en')).toMatch(/, about 3 minutes left$/);
	expect(uploadText({ ...going, share: 1, secondsLeft: 0 }, 'sv')).not.toContain('kvar');
});
