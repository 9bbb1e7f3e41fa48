import { error } from '@sveltejs/kit';
import { pagingOf, readPage } from '#lib/format/paging.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { reportsOf } from '#lib/server/rounds/reports.ts';
import { findRound } from '#lib/server/rounds/rounds.ts';
import { OnServer } from '../../../on-server.ts';
import { clinicList } from './clinic-list.ts';
import type { PageServerLoad } from './$types';

/** So many clinics stand on a page. */
const size = 100;

/** The reports of antenatal clinics in a round's newest edition, all or those whose number begins as is asked. */
export const load: PageServerLoad = ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const { rounds, scope, asOf: today } = locals;
	const kept = findRound(rounds, params.round, today) ?? error(404, m.round_unknown());
	const [edition] = kept.editions;
	if (!edition) error(404, m.round_unknown());
	const sought = (url.searchParams.get('number') ?? '').trim();
	const clinics = clinicList(reportsOf(scope, rounds, kept.id, edition.number), sought, getLocale());
	const paging = pagingOf(readPage(url.searchParams) ?? 1, size, clinics.length);
	return {
		asOf: null,
		clinics: new OnServer({
			kept,
			edition,
			sought,
			paging,
			shown: clinics.slice((paging.page - 1) * size, paging.page * size)
		})
	};
};
