import { createHash } from 'node:crypto';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { mergedFaults, type Fault } from '#lib/notebook/fault.ts';
import { languageOf, readArguments, type Arguments } from '#lib/notebook/front-matter.ts';
import { withIncludes } from '#lib/notebook/include.ts';
import { readNotebook, type Notebook } from '#lib/notebook/parse.ts';
import type { Rendering } from '#lib/notebook/render.ts';
import type { Day } from '#lib/period/day.ts';
import type { DeskQuestion } from './desk.ts';
import { choicesOf } from './desk-given.ts';

/** A question read, before any SQL. */
export type ReadQuestion = {
	/** With what it includes. */
	notebook: Notebook;
	values: Arguments;
	missing: string[];
	asOf: Day;
	faults: Fault[];
	/** Of the notebook's text and of all that it includes. */
	fingerprint: string;
	rendering: Rendering;
};

/** Reads a notebook, what it includes, and the values of its parameters; what is wrong is among the faults. */
export async function readQuestion(definition: Definition, question: DeskQuestion): Promise<ReadQuestion> {
	const { today, pages } = question;
	const { notebook, faults, fingerprint } = await readWhole(question);
	const { header } = notebook;
	const choices = choicesOf(definition, languageOf(header, question.locale));
	const { values, wrong, missing } = readArguments(header, question.parameters, today, choices);
	const day = header.parameters.as_of?.type === 'day' ? values.as_of : undefined;
	return {
		notebook,
		values,
		missing,
		// no day lies ahead
		asOf: day !== undefined && day < today ? day : today,
		faults: mergedFaults(
			faults,
			wrong.map((message) => ({ line: 1, message }))
		),
		fingerprint,
		rendering: { arguments: values, missing, choices, pages }
	};
}

async function readWhole({
	name,
	text,
	read
}: DeskQuestion): Promise<Pick<ReadQuestion, 'notebook' | 'faults' | 'fingerprint'>> {
	const included: string[] = [];
	const found = readNotebook(name, text);
	const whole = await withIncludes(found.notebook, async (other) => {
		const words = await read(other);
		included.push(other, words ?? '');
		return words;
	});
	const fingerprint = createHash('sha256').update(text);
	for (const each of included) fingerprint.update(`\0${each}`);
	return {
		notebook: whole.notebook,
		faults: mergedFaults(found.faults, whole.faults),
		fingerprint: fingerprint.digest('hex')
	};
}
