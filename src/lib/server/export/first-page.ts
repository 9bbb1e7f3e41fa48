/**
 * The first page of a document that Typst has drawn as one SVG of all its pages, one below the other, with only the
 * letters that it uses. Throws when the drawing is not laid out as Typst does.
 */
export function firstPage(drawing: string): string {
	const lines = drawing.split('\n');
	const grounds = lines.flatMap((line, at) => (line.startsWith('    <path class="typst-shape"') ? [at] : []));
	const letters = lines.findIndex((line) => line.startsWith('    <defs'));
	const [ground, next = letters] = grounds;
	const size = ground === undefined ? null : /d="M 0 0v ([\d.]+) h ([\d.]+) /.exec(lines[ground] ?? '');
	if (ground === undefined || !size || letters < 0)
		throw new Error('Typst has drawn no page that is known here');
	const [, height, width] = size;
	const page = lines.slice(ground, next).join('\n');
	const used = new Set([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id));
	const head = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}">`;
	return [head, page, ...lettersOf(lines.slice(letters), used), ''].join('\n').replace(/\n +/g, '\n');
}

/** The definitions behind the pages, without those of letters that are not used. */
function lettersOf(lines: readonly string[], used: ReadonlySet<string | undefined>): string[] {
	let isKept = true;
	return lines.filter((line) => {
		const id = /^ {8}<\w+ id="([^"]+)"/.exec(line)?.[1];
		if (id !== undefined) isKept = used.has(id);
		else if (/^ {0,4}<\/?\w/.test(line)) isKept = true;
		return isKept;
	});
}
