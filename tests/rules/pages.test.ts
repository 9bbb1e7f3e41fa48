import { expect, test } from 'vitest';
import { sources } from './sources.ts';

const components = sources(/^src\/.*\.svelte$/);

test.for(components)(
	'%s sets no style attribute, which our content security policy would drop',
	([, text]) => {
		const markup = text.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
		expect(markup).not.toMatch(/\sstyle[=:]/);
	}
);

test.for(components)('%s and its styles ask no other host', ([, text]) => {
	expect(text).not.toMatch(/(src|href)="https?:|url\(['"]?https?:|@import/);
});
