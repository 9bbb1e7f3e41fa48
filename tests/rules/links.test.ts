import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { sources } from './sources.ts';

const pages = sources(/^([^/]+|(docs|data|reports|scripts|tests)\/.*)\.md$/);

/** Where a page's links and pictures lead to inside the project. */
function targets(text: string): string[] {
	const code = /```[\s\S]*?```|`[^`\n]*`/g;
	return [...text.replace(code, '').matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)]
		.map(([, target]) => (target ?? '').replace(/#.*$/, ''))
		.filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

test.for(pages)('the links of %s lead somewhere', ([path, text]) => {
	const dead = targets(text).filter((target) => !existsSync(posix.join(posix.dirname(path), target)));
	expect(dead).toEqual([]);
});

test('targets() finds links and pictures, and leaves addresses and code alone', () => {
	const text = '[a](a.md#part) ![b](img/b.png "title") [c](https://example.org) `[d](d.md)` [e](#e)';
	expect(targets(text)).toEqual(['a.md', 'img/b.png']);
	expect(statSync('docs').isDirectory()).toBe(true);
});
