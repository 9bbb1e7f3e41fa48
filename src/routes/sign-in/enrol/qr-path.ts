import { encode } from 'uqr';

/**
 * A text as a QR code: the sides of its square in modules, and the dark modules as the path of an SVG, a bar for
 * each run in a row. Its light edge, four modules wide, belongs to the code.
 */
export function qrPath(text: string): { size: number; path: string } {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	const runs = data.flatMap((row, y) => {
		const line = row.map((dark) => (dark ? '#' : ' ')).join('');
		return [...line.matchAll(/#+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`);
	});
	return { size, path: runs.join('') };
}
