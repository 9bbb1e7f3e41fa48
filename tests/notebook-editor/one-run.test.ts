import { expect, test } from 'vitest';
import { beginRun } from '../../src/routes/notebooks/[notebook=slug]/run/one-run.ts';

const never = new AbortController().signal;

test('a newer run of the same account and notebook stops the older, and no other', () => {
	const other = beginRun('b notebook', never);
	const first = beginRun('a notebook', never);
	const second = beginRun('a notebook', never);
	expect(first.signal.aborted).toBe(true);
	expect(second.signal.aborted).toBe(false);
	expect(other.signal.aborted).toBe(false);
	for (const run of [other, first, second]) run.end();
});

test('a run that has ended is not stopped, and ending late ends nobody else’s', () => {
	const first = beginRun('a notebook', never);
	const second = beginRun('a notebook', never);
	first.end();
	const third = beginRun('a notebook', never);
	expect(second.signal.aborted).toBe(true);
	third.end();
	const fourth = beginRun('a notebook', never);
	expect(third.signal.aborted).toBe(false);
	fourth.end();
});

test('whoever goes away stops the run', () => {
	const gone = new AbortController();
	const run = beginRun('a notebook', gone.signal);
	gone.abort();
	expect(run.signal.aborted).toBe(true);
	run.end();
});
