/** An SQL block in the text of a notebook: its fences' lines, counted from 1. */
export type SqlPlace = { name: string; from: number; to: number };

/** The SQL blocks of a text, found by their fences alone: a text that is being written need not be whole. */
export function sqlPlaces(text: string): SqlPlace[] {
	const places: SqlPlace[] = [];
	let open: { fence: string; place: SqlPlace | undefined } | undefined;
	const lines = text.split('\n');
	for (const [at, line] of lines.entries()) {
		const fence = /^ {0,3}(`{3,}|~{3,})\s*(\S*)\s*(\S*)/.exec(line);
		if (!fence) continue;
		const [, marks = '', kind = '', name = ''] = fence;
		if (!open) {
			const place = kind === 'sql' && name ? { name, from: at + 1, to: lines.length } : undefined;
			open = { fence: marks, place };
			if (place) places.push(place);
		} else if (kind === '' && marks.startsWith(open.fence)) {
			if (open.place) open.place.to = at + 1;
			open = undefined;
		}
	}
	return places;
}

/** The SQL block that a line lies in. */
export const sqlPlaceAt = (text: string, line: number): SqlPlace | undefined =>
	sqlPlaces(text).find(({ from, to }) => from <= line && line <= to);

/** The kind of block whose fence stands open over a line, with its name; undefined in running text. */
export function fenceAt(lines: readonly string[]): { kind: string; name: string } | undefined {
	let open: { marks: string; kind: string; name: string } | undefined;
	for (const line of lines) {
		const fence = /^ {0,3}(`{3,}|~{3,})\s*(\S*)\s*(\S*)/.exec(line);
		if (!fence) continue;
		const [, marks = '', kind = '', name = ''] = fence;
		if (!open) open = { marks, kind, name };
		else if (kind === '' && marks.startsWith(open.marks)) open = undefined;
	}
	return open && { kind: open.kind, name: open.name };
}

/** The line of the greatest of `lines` that is not after `line`: the block that a line belongs to. */
export const blockLine = (lines: readonly number[], line: number): number | undefined =>
	lines.filter((each) => each <= line).toSorted((a, b) => b - a)[0];
