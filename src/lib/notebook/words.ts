import { locales } from '#lib/catalogue/text.ts';
import type { Condition, Words, WrittenSetting, WrittenWords } from './block.ts';
import { readCondition } from './condition.ts';
import { BlockFault, type Fault } from './fault.ts';
import { checkFormat, readInline, type Inline } from './inline.ts';
import type { Setting } from './spec.ts';

/** A written text as running text in every language. Throws a BlockFault. */
export function readWords(written: WrittenWords, line?: number): Words {
	if (typeof written === 'string') {
		const inline = readInline(written, line);
		return [{ sv: inline, en: inline }];
	}
	const alternatives = Array.isArray(written) ? written : [{ ...written, if: undefined }];
	return alternatives.map((words) => ({
		sv: readInline(words.sv, line),
		en: readInline(words.en, line),
		...(words.if === undefined ? {} : { when: readCondition(words.if, line) })
	}));
}

type Path = readonly PropertyKey[];

/** Reads the texts of a piece of YAML by their places. What is wrong is noted at its line, and nothing stands for it. */
export type Reading = {
	words(written: WrittenWords, path: Path): Words;
	optional(written: WrittenWords | undefined, path: Path): Words | undefined;
	condition(written: string | undefined, path: Path): Condition | undefined;
	/** A format and its argument: “share 0”. */
	format(written: string, path: Path): { format: string; argument: string };
	settings(written: { [key: string]: WrittenSetting }, path: Path): Record<string, Setting>;
	/** Runs what reads a part; undefined when that is wrong. */
	attempt<T>(path: Path, read: (line: number) => T): T | undefined;
};

/** @param lineAt the line of the notebook on which a part of the YAML stands */
export function reading(lineAt: (path: Path) => number, faults: Fault[]): Reading {
	const attempt = <T>(path: Path, read: (line: number) => T): T | undefined => {
		const line = lineAt(path);
		try {
			return read(line);
		} catch (error) {
			if (!(error instanceof BlockFault)) throw error;
			faults.push({ line: error.line ?? line, message: error.message });
			return undefined;
		}
	};
	const inline = (written: string, path: Path): Inline[] =>
		attempt(path, (line) => readInline(written, line)) ?? [];
	const condition: Reading['condition'] = (written, path) =>
		written === undefined ? undefined : attempt(path, (line) => readCondition(written, line));
	const words: Reading['words'] = (written, path) => {
		if (typeof written === 'string') {
			const same = inline(written, path);
			return [{ sv: same, en: same }];
		}
		const one = (each: { sv: string; en: string; if?: string | undefined }, here: Path) => {
			const when = condition(each.if, [...here, 'if']);
			return {
				sv: inline(each.sv, [...here, 'sv']),
				en: inline(each.en, [...here, 'en']),
				...(when && { when })
			};
		};
		if (!Array.isArray(written)) return [one(written, path)];
		return written.map((each, at) => one(each, [...path, at]));
	};
	const setting = (written: WrittenSetting, path: Path): Setting => {
		if (typeof written === 'string') return words(written, path);
		if (written === null || typeof written !== 'object') return written;
		if (Array.isArray(written)) return { list: written.map((each, at) => setting(each, [...path, at])) };
		if (isWords(written)) return words({ sv: String(written.sv), en: String(written.en) }, path);
		return { settings: settings(written, path) };
	};
	const settings: Reading['settings'] = (written, path) =>
		Object.fromEntries(Object.entries(written).map(([key, each]) => [key, setting(each, [...path, key])]));
	return {
		attempt,
		words,
		condition,
		settings,
		optional: (written, path) => (written === undefined ? undefined : words(written, path)),
		format(written, path) {
			const [format = 'text', argument = '', ...rest] = written.trim().split(/\s+/);
			attempt(path, (line) => checkFormat(format, [argument, ...rest].join(' '), line));
			return { format, argument };
		}
	};
}

const isWords = (written: { [key: string]: WrittenSetting }) =>
	Object.keys(written).length === locales.length &&
	locales.every((locale) => typeof Reflect.get(written, locale) === 'string');
