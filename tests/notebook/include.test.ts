import { expect, test } from 'vitest';
import { faultOf, sqlBlocks } from '#lib/notebook/graph.ts';
import { withIncludes } from '#lib/notebook/include.ts';
import { plain } from '#lib/notebook/inline.ts';
import { readNotebook } from '#lib/notebook/parse.ts';
import { renderNotebook } from '#lib/notebook/render.ts';
import { bodyLine, sampleTables, unit, written } from './written.ts';

const include = (name: string) => `\`\`\`include ${name}\n\`\`\`\n`;
const included = (body: string, others: Record<string, string>) =>
	withIncludes(readNotebook('main', written(body)).notebook, (name) => Promise.resolve(others[name]));
const shown = async (body: string, others: Record<string, string>) => {
	const { notebook } = await included(body, others);
	return renderNotebook(notebook, sampleTables({ unit }), 'sv');
};

test('the other notebook’s blocks stand in the place of the include, and its definitions after the own ones', async () => {
	const method = written('Metod om {unit.name}', 'definitions:\n  - { term: Tomt, meaning: Inget. }\n');
	const model = await shown(`Före\n\n${include('method')}\nEfter`, { method });
	expect(model.blocks.map((block) => block.kind === 'paragraph' && plain(block.text))).toEqual([
		'Före',
		'Metod om BB *Prov* <1>',
		'Efter'
	]);
	expect(model.definitions).toEqual([{ term: 'Tomt', meaning: 'Inget.' }]);
});

test('what is wrong in it is told at the include, with its own line', async () => {
	const { faults } = await included(`Före\n\n${include('method')}`, { method: written('ett {två}') });
	expect(faults).toEqual([
		{ line: bodyLine + 2, message: expect.stringMatching(/^in method, line 6: .*is no value/) }
	]);
	const model = await shown(`Före\n\n${include('method')}`, { method: written('ett\ntvå {unit.nam}') });
	expect(model.faults).toEqual([
		{ line: bodyLine + 2, message: 'in method, line 7: unit has no column nam; did you mean name?' }
	]);
});

test('the lines of its SQL are told at the include too', async () => {
	const { notebook } = await included(include('method'), { method: written('```sql a\nselect 1\n```') });
	const [block] = sqlBlocks(notebook.blocks);
	expect(block && faultOf(block, 1, 'wrong')).toEqual({
		line: bodyLine,
		message: 'in method, line 7: wrong'
	});
});

test('an include inside an include is told at the outer one', async () => {
	const { faults } = await included(include('a'), {
		a: written(`text\n\n${include('b')}`),
		b: written('{c}')
	});
	expect(faults.map(({ line }) => line)).toEqual([bodyLine]);
});

test.for<[what: string, others: Record<string, string>, message: string]>([
	['a notebook that there is not', {}, 'there is no notebook a to include'],
	[
		'itself by way of another',
		{ a: written(include('main')) },
		'main includes a includes main: a circle has no end'
	],
	['a notebook that includes itself', { a: written(include('a')) }, 'a includes a: a circle has no end'],
	['more than anybody needs', bomb(), 'more than 50 notebooks would be included']
])('%s is a fault in its place, and the rest stands', async ([, others, message]) => {
	const { faults } = await included(`Före\n\n${include('a')}\nEfter`, others);
	expect(faults).toEqual([{ line: bodyLine + 2, message }]);
	const model = await shown(`Före\n\n${include('a')}\nEfter`, others);
	expect(model.blocks[0]?.kind).toBe('paragraph');
	expect(model.blocks.at(-1)?.kind).toBe('paragraph');
});

test('footnotes of an included notebook are its own, and numbered with the others', async () => {
	const note = (text: string) => `${text}[^1]\n\n[^1]: ${text}s not\n`;
	const model = await shown(`${note('ett')}\n${include('a')}`, { a: written(note('två')) });
	expect(model.footnotes.map(({ number, text }) => [number, plain(text)])).toEqual([
		[1, 'etts not'],
		[2, 'tvås not']
	]);
});

/** Ten that each include the next one ten times. */
function bomb(): Record<string, string> {
	const letters = [...'abcdefghij'];
	return Object.fromEntries(
		letters.map((letter, at) => {
			const next = letters[at + 1];
			return [letter, written(next ? include(next).repeat(10) : 'text')];
		})
	);
}
