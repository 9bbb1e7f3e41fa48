import { expect, test } from 'vitest';
import { uploadProgress } from '#lib/submission/upload-progress.ts';

test('what is left takes as long as what has gone over did, in proportion', () => {
	expect(uploadProgress(25, 100, 10_000)).toEqual({ bytes: 25, total: 100, share: 0.25, secondsLeft: 30 });
});

test('the time left is not told from the first instant or the first bytes', () => {
	expect(uploadProgress(50, 100, 100).secondsLeft).toBeNull();
	expect(uploadProgress(1, 1000, 60_000).secondsLeft).toBeNull();
});

test('an empty file has all gone over', () => {
	expect(uploadProgress(0, 0, 0).share).toBe(1);
});
