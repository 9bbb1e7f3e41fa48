import { swedishTime } from '#lib/format/swedish-time.ts';
import { plain } from '#lib/notebook/inline.ts';
import { htmlOf } from '#lib/server/export/html.ts';
import { madeOf, withMadeOf } from '#lib/server/export/made-of.ts';
import { askedNotebook, fileQuery } from '../asked-notebook.ts';
import type { PageServerLoad } from './$types';

/** A notebook run for what its address says: the page, what is wrong in it, and what of it can be fetched. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { written, run } = await askedNotebook({ locals, params, url }, { paged: true });
	const { model, faults, missing, steps, tables, asOf, entry } = run;
	const { name, of, version, isLast, isDraft, published } = written;
	const made = madeOf(written, run, locals.register.definition, model.locale);
	const labels = new Map(
		model.blocks.flatMap((block) =>
			block.kind === 'inputs' ? block.inputs.map((input) => [input.name, input.label] as const) : []
		)
	);
	return {
		asOf,
		entry,
		name,
		title: [model.title, model.subtitle ?? []].map(plain).filter(Boolean).join(', '),
		locale: model.locale,
		html: htmlOf(missing.length ? model : withMadeOf(model, made), { query: url.search }),
		faults,
		missing: missing.map((parameter) => labels.get(parameter) ?? parameter),
		query: fileQuery(url),
		/** The address at which just this is shown on any later day. */
		permanent: missing.length || isDraft ? null : `?${made.query}`,
		isOwn: of === 'installation',
		isDraft,
		version,
		isLast,
		published: published && { by: published.by, day: swedishTime(published.at).slice(0, 10) },
		/** The SQL blocks whose rows can be fetched, in the order of the notebook; `rows` where they are known already. */
		data: steps
			.filter(({ state }) => state !== 'failed')
			.toSorted((a, b) => a.line - b.line)
			.map((step) => {
				const table = tables.get(step.name);
				return { name: step.name, rows: table?.rows ?? step.rows ?? null, isCut: table?.isCut ?? false };
			})
	};
};
