import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readNotebook } from '#lib/notebook/parse.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import { births, bodyLine, sampleTables, unit, written } from './written.ts';

const cases = z
	.array(
		z.strictObject({
			what: z.string(),
			file: z.string().optional(),
			body: z.string().optional(),
			line: z.int(),
			says: z.string(),
			rendered: z.boolean().default(false)
		})
	)
	.parse(parse(readFileSync('tests/notebook/bad-notebooks.yaml', 'utf8')));

/** Each mistake stands between two paragraphs that are right. */
const around = (body: string) => written(`Före\n\n${body}\n\nEfter`);
const before = 2;

test.for(cases.map((each) => [each.what, each] as const))(
	'told at its line, in words that say how to mend it: %s',
	([, { file, body, line, says, rendered }]) => {
		const text = file ?? around(body ?? '');
		const { notebook, faults } = readNotebook('prov', text);
		const model = renderNotebook(notebook, sampleTables({ births, unit }), 'sv', { arguments: {} });
		const first = rendered ? model.faults[0] : faults[0];
		expect(first?.message).toContain(says);
		expect(first?.line).toBe(line + (file === undefined ? bodyLine - 1 + before : 0));
		// a mistake of the header is of no block; every other one is shown where it is
		if (file === undefined) expect(model.faults).toContainEqual(first);
	}
);

test.for(cases.filter(({ body }) => body !== undefined).map((each) => [each.what, each.body ?? ''] as const))(
	'leaves the blocks around it standing: %s',
	([, body]) => {
		const { notebook } = readNotebook('prov', around(body));
		const { blocks } = renderNotebook(notebook, sampleTables({ births, unit }), 'sv', { arguments: {} });
		expect(blocks[0]).toMatchObject({ kind: 'paragraph', text: [{ text: 'Före' }] });
		expect(JSON.stringify(blocks)).toContain('"kind":"fault"');
		// a block that is not ended takes what follows, as nobody can know where it should have ended
		const isOpen = body.endsWith('```sql a\nselect 1');
		expect(JSON.stringify(blocks).includes('Efter')).toBe(!isOpen);
	}
);
