import { expect, test } from 'vitest';
import { sender } from '#lib/submission/sender.ts';

const right = {
	unit: 'Förlossningen',
	organisation: 'Region Prov',
	address: 'Provgatan 1',
	telephone: '+46 (0)8-123 45 67',
	email: 'prov@example.org',
	name: 'Prov Person'
};

test('a sender states unit, organisation, address, telephone, e-mail and name', () => {
	expect(sender.parse(right)).toEqual(right);
	for (const key of Object.keys(right))
		expect(sender.safeParse({ ...right, [key]: undefined }).success).toBe(false);
});

test('what is wrong with a detail is said in words', () => {
	const wrong = sender.safeParse({ ...right, telephone: 'ja', email: 'x', name: ' ' }).error;
	expect(wrong?.issues.map((issue) => [issue.path[0], issue.message])).toEqual([
		['telephone', 'is no telephone number'],
		['email', 'is no e-mail address'],
		['name', 'is empty']
	]);
});
