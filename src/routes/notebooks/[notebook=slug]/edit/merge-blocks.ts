/**
 * Puts the blocks of `made` in place of those of `shown`, and leaves every block that is the same where it is: what is
 * opened, scrolled or focused in it stays so, and the page does not jump. Sections are gone into.
 */
export function mergeBlocks(shown: Element, made: Element): void {
	const old = [...shown.children];
	const fresh = [...made.children];
	const alike = (a: Element | undefined, b: Element | undefined) =>
		a !== undefined && b !== undefined && a.outerHTML === b.outerHTML;
	let start = 0;
	while (alike(old[start], fresh[start])) start += 1;
	let end = 0;
	while (end < Math.min(old.length, fresh.length) - start && alike(old.at(-1 - end), fresh.at(-1 - end)))
		end += 1;
	const gone = old.slice(start, old.length - end);
	const come = fresh.slice(start, fresh.length - end);
	const [only] = gone;
	const [its] = come;
	if (
		gone.length === 1 &&
		come.length === 1 &&
		only &&
		its &&
		isSection(only) &&
		isSection(its) &&
		sameOutside(only, its)
	)
		return mergeBlocks(only, its);
	place(shown, gone, come, old[old.length - end] ?? null);
}

/** Puts new blocks where old ones were; those that are the same as an old one further down stay what they are. */
function place(
	shown: Element,
	gone: readonly Element[],
	come: readonly Element[],
	before: Element | null
): void {
	const left = new Map<string, Element[]>();
	for (const each of gone) left.set(each.outerHTML, [...(left.get(each.outerHTML) ?? []), each]);
	const placed = come.map((each) => left.get(each.outerHTML)?.shift() ?? each);
	const kept = new Set(placed);
	for (const each of gone) if (!kept.has(each)) each.remove();
	for (const [at, each] of placed.entries()) {
		const next =
			placed[at - 1]?.nextElementSibling ?? (at === 0 ? firstOf(shown, gone, kept, before) : before);
		if (next !== each) shown.insertBefore(each, next);
	}
}

/** What stands first where the new blocks are to stand. */
const firstOf = (
	shown: Element,
	gone: readonly Element[],
	kept: ReadonlySet<Element>,
	before: Element | null
) => gone.find((each) => kept.has(each) && each.parentElement === shown) ?? before;

const isSection = (each: Element) => each.tagName === 'DIV' && each.children.length > 0;

const sameOutside = (a: Element, b: Element) => openingOf(a) === openingOf(b);
const openingOf = (each: Element) => (each.cloneNode(false) as Element).outerHTML;
