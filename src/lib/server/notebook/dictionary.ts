import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { readYaml } from '#lib/catalogue/source.ts';
import { text, type Locale, type Text } from '#lib/catalogue/text.ts';
import type { Variable } from '#lib/catalogue/variable.ts';
import { birthColumnType, birthVariables } from './snapshot-births.ts';

/** What a notebook of the register may ask, in one language: for reading, and for completion while writing. */
export type Dictionary = {
	tables: { name: string; text: string; columns: { name: string; type: string; text: string }[] }[];
	/** SQL to copy; each is one statement over the tables. */
	examples: { title: string; text: string; sql: string }[];
};

const column = z.strictObject({ type: z.string().min(1), ...text.shape });
const columns = z.record(z.string(), z.union([z.literal('shared'), column]));

const written = z.strictObject({
	shared: z.record(z.string(), column).describe('Columns that mean the same in several tables'),
	tables: z.record(z.string(), z.strictObject({ ...text.shape, columns })),
	values: z
		.strictObject({ days: text, codes: text, blank: text })
		.describe("What is said of a variable's values in the table birth"),
	examples: z.array(z.strictObject({ title: text, text, sql: z.string().min(1) }))
});
type Written = z.infer<typeof written>;

/** The file in which the tables are described, in the folder of the program. */
export const dictionaryFile = (root: string) => join(root, 'reports', 'dictionary.yaml');

/** Reads a description of the tables. Throws a DefinitionError that lists every fault with its place. */
export function readDictionary(file: string): Written {
	const { value, at } = readYaml(file, readFileSync(file, 'utf8'), written);
	for (const [name, table] of Object.entries(value.tables))
		for (const [id, each] of Object.entries(table.columns))
			if (each === 'shared' && !value.shared[id]) {
				const { line } = at(['tables', name, 'columns', id]);
				throw new Error(`${file}:${line} ${name}.${id} is not among the shared columns`);
			}
	return value;
}

/** The dictionary of a register, in one language: what is written, and its own variables in the table of births. */
export function dictionaryOf(d: Definition, from: Written, locale: Locale): Dictionary {
	const described = (id: string, each: Written['shared'][string] | 'shared') => {
		const of = each === 'shared' ? from.shared[id] : each;
		return { name: id, type: of?.type ?? '', text: of?.[locale] ?? '' };
	};
	return {
		tables: Object.entries(from.tables).map(([name, table]) => ({
			name,
			text: table[locale],
			columns: [
				...Object.entries(table.columns).map(([id, each]) => described(id, each)),
				...(name === 'birth' ? birthVariables(d).map((v) => described(v.id, valuesOf(d, v, from))) : [])
			]
		})),
		examples: from.examples.map(({ title, text: said, sql }) => ({
			title: title[locale],
			text: said[locale],
			sql: sql.trimEnd()
		}))
	};
}

/** So many codes of a variable are listed; the table code has them all. */
const mostCodes = 12;

/** What stands in a column of births: the variable's label, how its values are told, and what blanks are. */
function valuesOf(d: Definition, v: Variable, { values }: Written): Written['shared'][string] {
	const isDays = v.type === 'date' || v.type === 'datetime';
	const said = (locale: Locale) => {
		const codes = (v.codes ?? []).map(({ code, label }) => `${code} = ${label[locale]}`);
		const listed = [...codes.slice(0, mostCodes), ...(codes.length > mostCodes ? ['…'] : [])].join(', ');
		return [
			v.label[locale] + (v.unit === undefined ? '' : ` (${v.unit})`),
			...(isDays ? [values.days[locale]] : []),
			...(listed ? [`${values.codes[locale]}: ${listed}`] : []),
			values.blank[locale]
		].join('. ');
	};
	const both: Text = { sv: said('sv'), en: said('en') };
	return { type: birthColumnType(d, v) ?? '', ...both };
}
