import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** A message is a text, or the texts for the numbers of something (one, other). */
type Message = string | { declarations?: string[]; match: Record<string, string> }[];

const read = (locale: string): Record<string, Message> =>
	JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8'));
const swedish = read('sv');
const english = read('en');

function texts(message: Message | undefined): string[] {
	if (message === undefined) return [];
	return typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match));
}

/** The names in braces, without those that a variant computes for itself. */
function parameters(message: Message | undefined): string[] {
	const named = texts(message).flatMap((text) => [...text.matchAll(/(?<!\\)\{\s*([^{}\s]+)\s*\}/g)]);
	const declared =
		typeof message === 'string' ? [] : (message ?? []).flatMap((each) => each.declarations ?? []);
	const inputs = declared.filter((each) => each.startsWith('input ')).map((each) => each.slice(6).trim());
	const local = new Set(declared.flatMap((each) => /^local (\w+)/.exec(each)?.[1] ?? []));
	return [...new Set([...named.map(([, name]) => name ?? ''), ...inputs])]
		.filter((name) => !local.has(name))
		.sort();
}

test('both languages have the same messages', () => {
	expect(Object.keys(english).sort()).toEqual(Object.keys(swedish).sort());
});

test('a message takes the same values in both languages', () => {
	for (const [key, message] of Object.entries(swedish))
		expect(parameters(english[key]), key).toEqual(parameters(message));
});

test('no message is empty or begins or ends in the air', () => {
	for (const [key, message] of [...Object.entries(swedish), ...Object.entries(english)]) {
		expect(texts(message).length, key).toBeGreaterThan(0);
		for (const text of texts(message)) expect(text, key).toMatch(/^\S(.*\S)?$/su);
	}
});

test('a key is words in small letters, the first of them the place where the message stands', () => {
	for (const key of Object.keys(swedish)) expect(key).toMatch(/^[a-z]+(_[a-z0-9]+)+$/);
});

test('parameters() sees the values of plain texts and of variants', () => {
	expect(parameters('{share} av {count}')).toEqual(['count', 'share']);
	expect(
		parameters([
			{
				declarations: ['input count', 'local form = count: plural'],
				match: { 'form=one': 'ett barn i {unit}', 'form=other': '{count} barn i {unit}' }
			}
		])
	).toEqual(['count', 'unit']);
});
