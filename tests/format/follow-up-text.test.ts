import { expect, test } from 'vitest';
import { followUpText, noteTitle, reasonText } from '#lib/format/follow-up-text.ts';
import { reasons, type Note } from '#lib/measures/follow-up.ts';

const note: Note = {
	unit: 'kalmar',
	flag: 'late.2026-01',
	number: 1,
	at: '2026-11-01 12:00:00',
	who: null,
	kind: 'acknowledged',
	reason: 'beingMended',
	text: '',
	until: '2026-12-31',
	births: 100,
	severity: 'middle'
};
const none = { acknowledged: null, back: null, ended: null };

test('an acknowledged flag says until when it rests and why, also when it is new', () => {
	for (const isNew of [false, true])
		expect(followUpText({ ...none, acknowledged: note }, isNew, 'sv')).toBe(
			'Kvitterad till 31 december 2026: åtgärdas'
		);
	expect(noteTitle(note, 'en')).toBe('Acknowledged until 31 December 2026: being mended');
});

test('a flag that is back says why', () => {
	expect(followUpText({ ...none, back: 'expired', ended: note }, false, 'sv')).toBe(
		'Åter: kvitteringen gick ut 31 december 2026'
	);
	expect(followUpText({ ...none, back: 'worse', ended: note }, false, 'sv')).toBe(
		'Åter: värre än när den kvitterades'
	);
});

test('otherwise only a new flag is told as such', () => {
	expect(followUpText(none, true, 'sv')).toBe('Ny');
	expect(followUpText(none, false, 'sv')).toBeNull();
});

test('an entry of the log is told by its kind', () => {
	const plain = { ...note, reason: null, until: null };
	expect(noteTitle({ ...plain, kind: 'note' }, 'sv')).toBe('Anteckning');
	expect(noteTitle({ ...plain, kind: 'withdrawn' }, 'sv')).toBe('Kvitteringen återtagen');
});

test('the reasons have the words that the register uses', () => {
	expect(reasons.map((reason) => reasonText(reason, 'sv'))).toEqual([
		'känt',
		'åtgärdas',
		'inget fel',
		'byte av system'
	]);
});
