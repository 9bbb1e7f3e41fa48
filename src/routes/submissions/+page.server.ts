import { error } from '@sveltejs/kit';
import { maySee } from '#lib/access/scope.ts';
import { pagingOf, readPage } from '#lib/format/paging.ts';
import { m } from '#lib/paraglide/messages.js';
import { submissionList } from '#lib/server/figures/submissions.ts';
import { askedChoice } from '../asked-view.ts';
import { mayHandIn } from '../may-hand-in.ts';
import type { PageServerLoad } from './$types';

const shown = 50;

export const load: PageServerLoad = async ({ locals, url }) => {
	const { register, scope } = locals;
	const units = register.definition.units.filter((each) => maySee(scope, each.id));
	const unit = url.searchParams.get('unit') || undefined;
	const asked = askedChoice(url, 'status', ['all', 'received', 'refused']);
	const status = asked === 'all' ? undefined : asked;
	const page = readPage(url.searchParams);
	if (unit !== undefined && !units.some((each) => each.id === unit)) error(404, m.unit_unknown({ unit }));
	if (page === undefined) error(404, m.submission_page_unknown());
	const { lines, total } = await submissionList(scope, register, {
		unit,
		status,
		limit: shown,
		offset: (page - 1) * shown
	});
	const paging = pagingOf(page, shown, total);
	if (page > paging.pages) error(404, m.submission_page_unknown());
	const names = register.definition.unitById;
	return {
		mayHandIn: mayHandIn(locals),
		lines: lines.map((line) => ({ ...line, unitName: names.get(line.unit)?.name ?? line.unit })),
		paging,
		unit,
		status,
		units: units.map(({ id, name, region }) => ({ id, name, region }))
	};
};
