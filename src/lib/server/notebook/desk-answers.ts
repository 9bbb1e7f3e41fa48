import { rowsOfArrow } from '#lib/notebook/arrow.ts';
import type { Row, Table, Tables } from '#lib/notebook/table.ts';
import type { Answer } from './sandbox.ts';

/** Answers by their keys, of which those that were asked for longest ago go first. */
export type Answers = {
	find(key: string): Answer | undefined;
	keep(key: string, answer: Answer): void;
};

/** Besides its rows an answer takes about so much. In bytes. */
const overhead = 2000;

/** Keeps answers up to so many bytes. */
export function keepAnswers(most: number): Answers {
	const kept = new Map<string, Answer>();
	let bytes = 0;
	const sizeOf = ({ arrow }: Answer) => arrow.byteLength + overhead;
	const forget = (key: string) => {
		const answer = kept.get(key);
		if (answer) bytes -= sizeOf(answer);
		kept.delete(key);
	};
	return {
		find(key) {
			const answer = kept.get(key);
			if (!answer) return undefined;
			kept.delete(key);
			kept.set(key, answer);
			return answer;
		},
		keep(key, answer) {
			forget(key);
			kept.set(key, answer);
			bytes += sizeOf(answer);
			for (const oldest of kept.keys()) {
				if (bytes <= most) break;
				forget(oldest);
			}
		}
	};
}

const read = new WeakMap<Answer, readonly Row[]>();

/** An answer with so many cells or fewer is kept as rows too. */
const fewCells = 200_000;

/** An answer as a table of a notebook; its rows are read when they are first looked at. */
function tableOfAnswer(answer: Answer): {
	columns: readonly string[];
	readonly rows: readonly Row[];
	isCut: boolean;
} {
	let rows = read.get(answer);
	return {
		columns: answer.columns.map(({ name }) => name),
		isCut: answer.isCut,
		get rows() {
			rows ??= rowsOfArrow(answer.arrow).rows;
			if (answer.rows * answer.columns.length <= fewCells) read.set(answer, rows);
			return rows;
		}
	};
}

/** The tables of a run by their names: those that were given, and those that steps have made. */
export function allTables(
	given: ReadonlyMap<string, Table>,
	found: ReadonlyMap<string, Answer | undefined>
): Tables {
	const tables = new Map<string, { columns: readonly string[]; rows: readonly Row[]; isCut?: boolean }>();
	for (const [name, { columns, rows }] of given) tables.set(name, { columns: Object.keys(columns), rows });
	for (const [name, answer] of found) if (answer) tables.set(name, tableOfAnswer(answer));
	return tables;
}
