import type { SourceBlock } from './block.ts';
import { mergedFaults, type Fault } from './fault.ts';
import { readNotebook, type Notebook } from './parse.ts';

/** So many notebooks may be included in one, with those that these include. */
const mostIncludes = 50;

/** A notebook's name without the ending of its file. */
const bareName = (name: string) => name.replace(/\.md$/, '');

/**
 * A notebook with the blocks of those that it includes in the places of their includes, and their definitions after its
 * own. Their parameters are not its own: they have to be declared in it too. What is wrong in them is told at the
 * include's line.
 *
 * @param read the text of a notebook by its name; undefined where there is none
 */
export async function withIncludes(
	notebook: Notebook,
	read: (name: string) => Promise<string | undefined>
): Promise<{ notebook: Notebook; faults: Fault[] }> {
	const faults: Fault[] = [];
	const definitions = [...notebook.header.definitions];
	let count = 0;

	/** `path`: the notebooks around these blocks, the outermost first; `outer`: the line that faults are told at. */
	const replaced = async (
		blocks: readonly SourceBlock[],
		path: readonly string[],
		outer: number | undefined
	): Promise<SourceBlock[]> => {
		const found: SourceBlock[] = [];
		// one after the other, so that faults come in their order
		for (const block of blocks) {
			if (block.kind === 'include') found.push(await included(block, path, outer));
			else if (block.kind === 'list') {
				const items: SourceBlock[][] = [];
				for (const item of block.items) items.push(await replaced(item, path, outer));
				found.push({ ...block, items });
			} else if ('blocks' in block)
				found.push({ ...block, blocks: await replaced(block.blocks, path, outer) });
			else found.push(block);
		}
		return found;
	};

	const included = async (
		{ name, line }: Extract<SourceBlock, { kind: 'include' }>,
		path: readonly string[],
		outer: number | undefined
	): Promise<SourceBlock> => {
		const at = outer ?? line;
		const wrong = (message: string): SourceBlock => {
			faults.push({ line: at, message });
			return { kind: 'fault', line, message };
		};
		if (path.includes(name))
			return wrong(`${[...path.slice(path.indexOf(name)), name].join(' includes ')}: a circle has no end`);
		if (++count > mostIncludes) return wrong(`more than ${mostIncludes} notebooks would be included`);
		const text = await read(name);
		if (text === undefined) return wrong(`there is no notebook ${name} to include`);
		const other = readNotebook(name, text);
		faults.push(
			...other.faults.map((fault) => ({
				line: at,
				message: `in ${name}, line ${fault.line}: ${fault.message}`
			}))
		);
		const own = new Set(definitions.map(({ term }) => term.sv));
		definitions.push(...other.notebook.header.definitions.filter(({ term }) => !own.has(term.sv)));
		return {
			kind: 'included',
			line,
			name,
			blocks: await replaced(other.notebook.blocks, [...path, name], at)
		};
	};

	const blocks = await replaced(notebook.blocks, [bareName(notebook.name)], undefined);
	return {
		notebook: { ...notebook, header: { ...notebook.header, definitions }, blocks },
		faults: mergedFaults(faults)
	};
}
