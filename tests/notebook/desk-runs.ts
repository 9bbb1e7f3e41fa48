import { everyBlock } from '#lib/notebook/model.ts';
import { plain } from '#lib/notebook/inline.ts';
import { rowsOfArrow } from '#lib/notebook/arrow.ts';
import { wholeNation } from '#lib/access/scope.ts';
import type { Desk, DeskQuestion, DeskRun } from '#lib/server/notebook/desk.ts';
import { today } from '../figures/peopled-register.ts';

/** Runs a text at a desk; `told` are the blocks that were run, not kept. */
export async function runAt(
	desk: Desk,
	text: string,
	more: Partial<DeskQuestion> = {}
): Promise<DeskRun & { told: string[] }> {
	const told: string[] = [];
	const found = await desk.run(wholeNation, {
		name: 'prov',
		text,
		parameters: {},
		locale: 'sv',
		today,
		read: () => Promise.resolve(undefined),
		onStep: ({ name, state }) => {
			if (state === 'running') told.push(name);
		},
		...more
	});
	return { ...found, told };
}

export const header = (parameters = '') => `---\ntitle: Prov\n${parameters}---\n`;
export const sql = (name: string, text: string) => `\n\`\`\`sql ${name}\n${text}\n\`\`\`\n`;

/** What the paragraphs of a run say. */
export const words = ({ model }: DeskRun) =>
	everyBlock(model.blocks).flatMap((block) => (block.kind === 'paragraph' ? [plain(block.text)] : []));

/** The rows that a block has made. */
export const rowsOf = ({ tables }: DeskRun, name: string) => {
	const answer = tables.get(name);
	return answer ? rowsOfArrow(answer.arrow).rows : [];
};
