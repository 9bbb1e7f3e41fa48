import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { formatDay } from '#lib/format/days.ts';
import { hrefTo } from '#lib/format/href.ts';
import { formatCount } from '#lib/format/numbers.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import type { Block, Model, Text } from '#lib/notebook/model.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DeskRun } from '#lib/server/notebook/desk.ts';
import type { WrittenNotebook } from '#lib/server/notebook/written.ts';
import { definitionHash } from '#lib/server/register/open.ts';
import type { Metadata } from './parquet.ts';
import { programVersion } from '#lib/server/definition/project-root.ts';
import type { Provenance } from './workbook.ts';

/** What a run notebook was made of, so that it can be made again. */
export type MadeFrom = {
	/** Version, day and every parameter as the query of an address: the same notebook asked so gives the same. */
	query: string;
	/** For readers, in their language. */
	told: Provenance;
	/** For readers too, but too long for a line of paper: the address with that query. */
	again: Provenance[number];
	/** For programs. */
	metadata: Metadata;
};

/** What a run notebook was made of: its version and text, the register's state, the parameters, the program. */
export function madeOf(
	written: WrittenNotebook,
	{ values, asOf, entry, fingerprint }: DeskRun,
	definition: Definition,
	locale: Locale
): MadeFrom {
	const { name, version, isDraft } = written;
	const program = `Bortfall ${programVersion()}`;
	const query = new URLSearchParams({
		...(version !== null && { version: String(version) }),
		...(isDraft && { draft: 'yes' }),
		'as-of': asOf,
		...values
	}).toString();
	const address = `${hrefTo(`/notebooks/${name}`, locale)}?${query}`;
	const parameters = Object.entries(values)
		.filter(([, value]) => value !== '')
		.map(([parameter, value]) => `${parameter} = ${value}`);
	const told = [
		{ label: m.notebook_made_source({}, { locale }), value: sourceText(written, program, locale) },
		{ label: m.notebook_made_fingerprint({}, { locale }), value: fingerprint },
		{ label: m.report_provenance_register({}, { locale }), value: definition.register.name[locale] },
		{ label: m.report_provenance_as_of({}, { locale }), value: formatDay(asOf, locale) },
		{ label: m.notebook_made_entry({}, { locale }), value: formatCount(entry, locale) },
		...(parameters.length
			? [{ label: m.notebook_made_parameters({}, { locale }), value: parameters.join(', ') }]
			: []),
		{ label: m.report_provenance_definition({}, { locale }), value: definitionHash(definition) },
		{ label: m.report_provenance_program({}, { locale }), value: program }
	];
	const again = { label: m.notebook_made_again({}, { locale }), value: address };
	const metadata = {
		notebook: name,
		version: version === null ? (isDraft ? 'draft' : program) : String(version),
		fingerprint,
		as_of: asOf,
		entry: String(entry),
		parameters: JSON.stringify(values),
		definition: definitionHash(definition),
		program,
		address
	};
	return { query, told, again, metadata };
}

/** The notebook by its name, and which version it is: “national-quarter, version 3, published … by …”. */
function sourceText(
	{ name, version, published, isDraft }: WrittenNotebook,
	program: string,
	locale: Locale
): string {
	if (isDraft) return m.notebook_made_draft({ name }, { locale });
	if (version === null || !published) return m.notebook_made_product({ name, program }, { locale });
	const day = formatDay(swedishTime(published.at).slice(0, 10), locale);
	return m.notebook_made_version({ name, version: String(version), day, by: published.by }, { locale });
}

const text = (written: string): Text => [{ kind: 'text', text: written }];

/** A run notebook with what it was made of as its last part, kept together on paper. */
export function withMadeOf(model: Model, { told }: MadeFrom): Model {
	const { locale } = model;
	const line = 1;
	const heading = m.report_sheet_provenance({}, { locale });
	const grid: Block = {
		kind: 'grid',
		line,
		head: [m.report_provenance_what({}, { locale }), m.report_provenance_is({}, { locale })].map(text),
		align: [null, null],
		rows: told.map(({ label, value }) => [text(label), text(value)])
	};
	const section: Block = {
		kind: 'section',
		line,
		role: 'keep',
		blocks: [
			{ kind: 'heading', line, level: 1, text: text(heading) },
			{ kind: 'section', line, role: 'note', blocks: [grid] }
		]
	};
	return { ...model, blocks: [...model.blocks, section] };
}
