import { swedishTime } from '#lib/format/swedish-time.ts';
import { plain } from '#lib/notebook/inline.ts';
import { htmlOf } from '#lib/server/export/html.ts';
import { madeOf, withMadeOf } from '#lib/server/export/made-of.ts';
import { glance } from '#lib/server/notebook/glance.ts';
import { askedNotebook, fileQuery } from '../asked-notebook.ts';
import type { PageServerLoad } from './$types';

/** A notebook run for what its address says: the page, what is wrong in it, and what of it can be fetched. */
export const load: PageServerLoad = async ({ locals, params, url, request }) => {
	const { written, run } = await askedNotebook({ locals, params, url, request }, { paged: true });
	const { model, faults, missing, steps, tables, asOf, entry } = run;
	const { name, of, version, isLast, isDraft, published } = written;
	const made = madeOf(written, run, locals.register.definition, model.locale);
	const isMissing = missing.length > 0;
	// what it is called before it can say of what it is
	const called = glance(name, written.text, run.fingerprint).title[model.locale];
	const shown = isMissing
		? { ...model, title: [{ kind: 'text' as const, text: called }] }
		: withMadeOf(model, made);
	return {
		asOf,
		entry,
		name,
		title: [shown.title, shown.subtitle ?? []].map(plain).filter(Boolean).join(', '),
		locale: model.locale,
		html: htmlOf(shown, { query: url.search }),
		faults,
		/** Parameters have to be given first, and nothing has been asked. */
		isMissing,
		query: fileQuery(url),
		/** The address at which just this is shown on any later day. */
		permanent: isMissing || isDraft ? null : `?${made.query}`,
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
