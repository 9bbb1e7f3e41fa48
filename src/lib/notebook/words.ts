import { locales } from '#lib/catalogue/text.ts';
import {
	type CardSpec,
	type ChartSpec,
	type Setting,
	type TableSpec,
	type Words,
	type WrittenSetting,
	type WrittenWords,
	type writtenCards,
	type writtenChart,
	type writtenTable
} from './block.ts';
import { readCondition } from './condition.ts';
import { checkFormat, readInline } from './inline.ts';
import type { z } from 'zod';

/** A written text as running text in every language. Throws a BlockFault. */
export function readWords(written: WrittenWords): Words {
	if (typeof written === 'string') {
		const inline = readInline(written);
		return [{ sv: inline, en: inline }];
	}
	const alternatives = Array.isArray(written) ? written : [{ ...written, if: undefined }];
	return alternatives.map((words) => ({
		sv: readInline(words.sv),
		en: readInline(words.en),
		when: words.if === undefined ? undefined : readCondition(words.if)
	}));
}

/** The running text of a text that may be left out. */
export const optional = (written: WrittenWords | undefined) =>
	written === undefined ? undefined : readWords(written);

const isWords = (written: { [key: string]: WrittenSetting }) =>
	Object.keys(written).length === locales.length &&
	locales.every((locale) => typeof Reflect.get(written, locale) === 'string');

function readSetting(written: WrittenSetting): Setting {
	if (typeof written === 'string') return readWords(written);
	if (written === null || typeof written !== 'object') return written;
	if (Array.isArray(written)) return { list: written.map(readSetting) };
	if (isWords(written)) return readWords({ sv: String(written.sv), en: String(written.en) });
	return { settings: readSettings(written) };
}

const readSettings = (written: { [key: string]: WrittenSetting }) =>
	Object.fromEntries(Object.entries(written).map(([key, value]) => [key, readSetting(value)]));

/** A chart block with its texts read. Throws a BlockFault. */
export function readChart({
	title,
	alt,
	note,
	sheet,
	set,
	...spec
}: z.infer<typeof writtenChart>): ChartSpec {
	return {
		...spec,
		title: readWords(title),
		alt: readWords(alt),
		note: optional(note),
		sheet: optional(sheet),
		set: readSettings(set)
	};
}

/** A table block with its texts, formats and order read. Throws a BlockFault. */
export function readTable(written: z.infer<typeof writtenTable>): TableSpec {
	return {
		from: written.from,
		title: readWords(written.title),
		intro: optional(written.intro),
		note: optional(written.note),
		empty: optional(written.empty),
		sheet: optional(written.sheet),
		mark: written.mark,
		dense: written.dense,
		sort: written.sort.map((name) => ({ column: name.replace('-', ''), descending: name.startsWith('-') })),
		columns: written.columns.map(({ label, definition, format, from_zero: fromZero, ...column }) => {
			const [formatName = 'text', argument = ''] = format.split(/\s+/);
			checkFormat(formatName);
			return {
				...column,
				fromZero,
				label: readWords(label),
				definition: optional(definition),
				format: formatName,
				argument
			};
		})
	};
}

/** The cards of a block with their texts read. Throws a BlockFault. */
export function readCards(written: z.infer<typeof writtenCards>): CardSpec[] {
	return written.map(({ label, value, note, mark }) => ({
		label: readWords(label),
		value: readWords(value),
		note: optional(note),
		mark: mark === undefined ? undefined : readCondition(mark)
	}));
}
