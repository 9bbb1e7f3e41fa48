import type { Words } from './block.ts';
import { BlockFault, nearest } from './fault.ts';
import { footnoteNumber } from './footnotes.ts';
import { FormatFault, written } from './formats.ts';
import { holds } from './holds.ts';
import { filled, type Inline, type ValueSource } from './inline.ts';
import type { Text } from './model.ts';
import { cellOf, firstRow, type Scope } from './scope.ts';
import type { Cell } from './table.ts';

/** A text for the reader, with its values. Throws a BlockFault. */
export const wordsIn = (words: Words, scope: Scope): Text => inlineIn(chosen(words, scope), scope);

/** The text whose condition holds; nothing where none does. */
export const chosen = (words: Words, scope: Scope): Inline[] =>
	words.find(({ when }) => when === undefined || holds(when, scope))?.[scope.locale] ?? [];

/** Running text with its values in their formats and its footnotes numbered. Throws a BlockFault, at the value's line. */
export const inlineIn = (inline: readonly Inline[], scope: Scope): Text =>
	filled(
		inline,
		(source) => {
			const value = valueOf(source, scope);
			try {
				const text = written(value, source.format, source.argument, scope.locale);
				return { value, text, name: `${source.table}.${source.column}` };
			} catch (error) {
				if (error instanceof FormatFault)
					throw new BlockFault(`${source.written}: ${error.message}`, source.line);
				throw error;
			}
		},
		({ name, line }) => {
			const number = footnoteNumber(scope.footnotes, name);
			if (number !== undefined) return number;
			const known = [...scope.footnotes.texts.keys()];
			throw new BlockFault(
				`there is no footnote ${name}${nearest(name, known)}; its text begins a line with [^${name}]:`,
				line
			);
		}
	);

/** The value that a source names. Throws a BlockFault, at its line. */
export const valueOf = ({ table, column, line }: ValueSource, scope: Scope): Cell =>
	cellOf(firstRow(table, scope, line), table, column, line);
