import type { Variable } from '#lib/catalogue/variable.ts';
import { dayText, minutesOfDay } from './days.ts';
import type { FileForm } from './file-form.ts';
import { reference, type Value, type Values } from './values.ts';

/** Columns that a classification with several codes is spread over. */
const columnsForCodes = 3;

type Column = { id: string; write: (value: Value) => string; spread: number };

/** Writes the births of one unit as its system does. */
export type Writer = {
	header: string;
	line(values: Values): string;
	/** A whole file: header and lines, in the unit's encoding. */
	file(header: string, lines: readonly string[]): Uint8Array;
	/** Header and line of a file that holds the reference and one variable. */
	single(variable: string): { header: string; line: (values: Values) => string };
};

/** A writer for these variables, in this order, after the reference. */
export function createWriter(form: FileForm, variables: readonly Variable[]): Writer {
	const columns: Column[] = [
		{ id: reference, write: plain, spread: 1 },
		...variables.map((v) => ({
			id: v.id,
			write: writing(v, form),
			spread: v.positions === undefined ? 1 : columnsForCodes
		}))
	];
	const title = (name: string) => (form.lowerCase ? name.toLowerCase() : name);
	const namesOf = (of: readonly Column[]) =>
		of
			.flatMap(({ id, spread }) =>
				Array.from({ length: spread }, (_, index) =>
					index === 0 ? id : id.replace(/1?$/, String(index + 1))
				)
			)
			.map(title)
			.join(form.delimiter);
	const cells: string[] = Array.from({ length: columns.length });
	const join = (of: readonly Column[], values: Values) => {
		for (let i = 0; i < of.length; i++) {
			const column = of[i] as Column;
			const value = values[column.id];
			cells[i] =
				column.spread > 1
					? spreadOut(value, column.spread, form.delimiter)
					: value === undefined
						? ''
						: column.write(value);
		}
		cells.length = of.length;
		return cells.join(form.delimiter);
	};
	const own = form.ownColumn ? form.delimiter : '';
	return {
		header: namesOf(columns) + (own && `${own}${title('SYSTEMVERSION')}`),
		line: (values) => join(columns, values) + (own && `${own}7.2`),
		file(header, lines) {
			const text = `${header}${form.newline}${lines.join(form.newline)}${form.newline}`;
			if (form.encoding === 'windows-1252') return Buffer.from(text, 'latin1');
			return Buffer.from(form.encoding === 'utf-8' ? text : `\uFEFF${text}`, 'utf8');
		},
		single(variable) {
			const both = columns.filter(({ id }) => id === reference || id === variable);
			return { header: namesOf(both), line: (values) => join(both, values) };
		}
	};
}

const plain = String;

/** Codes side by side in their columns, the rest of which are empty. */
function spreadOut(value: Value, count: number, delimiter: string): string {
	if (value === undefined) return delimiter.repeat(count - 1);
	const codes = String(value).split(' ', count);
	return codes.join(delimiter) + delimiter.repeat(count - codes.length);
}

function writing(v: Variable, form: FileForm): Column['write'] {
	switch (v.type) {
		case 'date':
			return form.compactDays
				? (value) => (typeof value === 'number' ? dayText(value).replaceAll('-', '') : plain(value))
				: (value) => (typeof value === 'number' ? dayText(value) : plain(value));
		case 'datetime':
			return (value) => (typeof value === 'number' ? timeText(value, form.compactDays) : plain(value));
		case 'integer':
		case 'decimal':
			return form.decimalComma ? (value) => plain(value).replace('.', ',') : plain;
		case 'identity':
			return (value) => identityText(plain(value), form.identity);
		case 'text':
			return (value) => quoted(plain(value), form.delimiter);
		default:
			return plain;
	}
}

function timeText(minutes: number, compact: boolean): string {
	const day = dayText(Math.floor(minutes / minutesOfDay));
	const hour = String(Math.floor((minutes % minutesOfDay) / 60)).padStart(2, '0');
	const minute = String(minutes % 60).padStart(2, '0');
	return compact ? `${day.replaceAll('-', '')} ${hour}:${minute}` : `${day} ${hour}:${minute}`;
}

function identityText(number: string, form: FileForm['identity']): string {
	if (form === 'plain') return number;
	return `${number.slice(form === 'short' ? 2 : 0, 8)}-${number.slice(8)}`;
}

const quoted = (text: string, delimiter: string) =>
	text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
