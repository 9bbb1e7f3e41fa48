import { identifier, literal } from '#lib/catalogue/sql.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import type { Layout, LayoutColumn } from '#lib/submission/layout.ts';
import type { Batch, ReadableFile } from './batch.ts';

/** A file's columns under names of ours, by their place from 0. */
const raw = (position: number) => `c${position}`;

/** The column with the text of a variable as it was written: with a space, which no variable's name has. */
export const writtenColumn = ({ id }: Pick<Variable, 'id'>) => identifier(`written ${id}`);

/** The names of the columns that `textsSql` gives, all texts but the first. */
export const textColumns = (variables: readonly Variable[]) => [
	'file',
	'reference',
	'row_hash',
	...variables.map(writtenColumn)
];

/**
 * The question for the texts of the file with this place in the batch, in the columns of `textColumns`, from
 * the file and the table of `givenColumns`: what is of the file's own layout ends here. A large file may be read
 * `inParts`, by all cores; whether all rows came must be seen afterwards.
 */
export function textsSql(
	{ files, present, profile }: Batch,
	place: number,
	given: string,
	inParts = false
): string {
	const file = files[place];
	if (!file) throw new RangeError(`The batch has no file ${place}.`);
	const { layout } = file;
	const reference = layout.reference === undefined ? 'null' : `nullif(trim(${raw(layout.reference)}), '')`;
	const values = [
		`${place}::smallint`,
		reference,
		profile?.rowKey ? rowHashSql(file, profile.rowKey.columns) : 'null',
		...present.map((v) => writtenSql(v, layout))
	];
	const named = textColumns(present).map((column, at) => `${values[at]} as ${column}`);
	const csv = csvSql(file, inParts);
	const from = profile?.rowKey ? `${csv}, ${given}` : csv; // only the hash needs the key
	return `select ${named.join(',\n\t')}\nfrom ${from}`;
}

/** The text of a variable: mapped where a profile says so, several columns joined, a constant where it has one. */
function writtenSql(v: Variable, layout: Layout): string {
	const constant = layout.constants.get(v.id);
	const column = layout.columns.get(v.id);
	if (!column) return literal(constant ?? '');
	const texts = column.positions.map((position) => mappedSql(column, raw(position)));
	return texts.length === 1 ? (texts[0] as string) : `nullif(concat_ws(' ', ${texts.join(', ')}), '')`;
}

const mappedSql = (column: LayoutColumn, text: string) =>
	column.codes
		? `case trim(${text}) ${Object.entries(column.codes)
				.map(([theirs, ours]) => `when ${literal(theirs)} then ${literal(ours)}`)
				.join(' ')} else ${text} end`
		: text;

/** The keyed hash of a row's identifying columns, for a layout without a reference. */
function rowHashSql({ look }: ReadableFile, columns: 'all' | readonly string[]): string {
	const { header } = look.scan;
	const positions =
		columns === 'all'
			? header.map((_, index) => index)
			: columns.map((name) => header.findIndex((h) => h.trim().toUpperCase() === name.toUpperCase()));
	const joined = positions.map((position) => `coalesce(${raw(position)}, '')`).join(` || chr(31) || `);
	return `keyed(${joined}, inner_pad, outer_pad)::varchar`;
}

/** Room for a part of a large file, each part for one core. */
const partBytes = 8_000_000;

/** The file as texts, with every option stated and nothing guessed. */
function csvSql({ look, submission: { original } }: ReadableFile, inParts: boolean): string {
	const columns = look.scan.header.map((_, index) => `'${raw(index)}': 'varchar'`).join(', ');
	const longest = look.scan.longestRow + 1024;
	// A small file is read in one piece, in a room of its size: the usual one takes longer to make than the
	// file to read. A copy in UTF-8 has up to three bytes for one; a workbook is packed, and can be of any size.
	const times = look.encoding === 'xlsx' ? Infinity : look.isCopy ? 3 : 1;
	const whole = times * original.bytes + 1024;
	const options = [
		`columns = {${columns}}`,
		`delim = ${literal(look.delimiter)}`,
		`new_line = '${look.scan.newline === '\r\n' ? '\\r\\n' : '\\n'}'`,
		`max_line_size = ${longest}, buffer_size = ${Math.max(longest, Math.min(whole, partBytes))}`,
		`quote = '"', escape = '"', nullstr = '', comment = '', header = true, skip = 0`,
		`parallel = ${inParts}`,
		`auto_detect = false, null_padding = false, ignore_errors = false, allow_quoted_nulls = true, encoding = 'utf-8'`
	];
	return `read_csv(${literal(look.readable.path)}, ${options.join(', ')})`;
}
