/**
 * How a block was made, but for the line that it is written on: what has been opened, chosen or marked in it since does
 * not make it another one, nor does it when something is written before it.
 */
const made = new WeakMap<Element, string>();
const htmlOf = (block: Element) => made.get(block) ?? written(block);
const written = (block: Element) => block.outerHTML.replace(/ data-line="\d+"/g, '');

/**
 * Puts the blocks of `fresh` in place of those of `shown`, and leaves every block that is the same where it is: what is
 * opened, scrolled or focused in it stays so, and the page does not jump. Sections are gone into.
 */
export function mergeBlocks(shown: Element, fresh: Element): void {
	const old = [...shown.children];
	const next = [...fresh.children];
	for (const block of next) remember(block);
	let start = 0;
	while (keep(old[start], next[start])) start += 1;
	const most = Math.min(old.length, next.length) - start;
	let end = 0;
	while (end < most && keep(old.at(-1 - end), next.at(-1 - end))) end += 1;
	const gone = old.slice(start, old.length - end);
	const come = next.slice(start, next.length - end);
	if (!mergedSection(gone, come)) place(shown, gone, come, old[old.length - end] ?? null);
}

/** Whether a block that is shown is the same as a new one; it takes over where that one is written. */
function keep(block: Element | undefined, as: Element | undefined): boolean {
	if (!block || !as || htmlOf(block) !== htmlOf(as)) return false;
	const linesOf = (each: Element) => [each, ...each.querySelectorAll('[data-line]')] as HTMLElement[];
	const lines = linesOf(as).map((each) => each.dataset?.line);
	for (const [at, each] of linesOf(block).entries())
		if (lines[at] !== undefined) each.dataset.line = lines[at];
	return true;
}

/** Where one section has taken the place of one of the same kind, only its blocks change. */
function mergedSection([block, ...more]: readonly Element[], [as, ...others]: readonly Element[]): boolean {
	if (!block || !as || more.length || others.length) return false;
	if (!isSection(block) || !isSection(as) || openingOf(block) !== openingOf(as)) return false;
	made.set(block, htmlOf(as));
	mergeBlocks(block, as);
	return true;
}

/** Puts new blocks where old ones were; those that are the same as an old one further down stay what they are. */
function place(
	shown: Element,
	gone: readonly Element[],
	come: readonly Element[],
	before: Element | null
): void {
	const left = [...gone];
	const placed = come.map((each) => {
		const at = left.findIndex((block) => keep(block, each));
		return at < 0 ? each : (left.splice(at, 1)[0] ?? each);
	});
	for (const each of left) each.remove();
	let next = placed.length ? (gone.find((each) => !left.includes(each)) ?? before) : before;
	for (const each of placed) {
		if (next === each) next = each.nextElementSibling;
		else shown.insertBefore(each, next);
	}
}

const isSection = (block: Element) => block.tagName === 'DIV' && block.children.length > 0;
const openingOf = (block: Element) => /^<[^>]*>/.exec(htmlOf(block))?.[0];

function remember(block: Element): void {
	made.set(block, written(block));
	if (isSection(block)) for (const inner of block.children) remember(inner);
}
