import { error } from '@sveltejs/kit';
import { pagingOf, readPage } from '#lib/format/paging.ts';
import { m } from '#lib/paraglide/messages.js';
import { listAccounts } from '#lib/server/access/accounts.ts';
import { checkChain } from '#lib/server/access/audit-check.ts';
import { auditEntries } from '#lib/server/access/audit.ts';
import { OnServer } from '../on-server.ts';
import { askedEntries } from './asked-entries.ts';
import { shownEntry } from './shown-entry.ts';
import type { PageServerLoad } from './$types';

const shown = 100;

/** The entries of the log that the address asks for; with `check` also whether the whole of it is as it was written. */
export const load: PageServerLoad = ({ locals: { access, register }, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const asked = askedEntries(url);
	const page = readPage(url.searchParams);
	if (page === undefined) error(404, m.submission_page_unknown());
	const { entries, total } = auditEntries(access, { ...asked, limit: shown, offset: (page - 1) * shown });
	const paging = pagingOf(page, shown, total);
	if (page > paging.pages) error(404, m.submission_page_unknown());
	const { units, unitById } = register.definition;
	return {
		asOf: null,
		audit: new OnServer({
			asked,
			paging,
			entries: entries.map((entry) => shownEntry(entry, unitById)),
			people: listAccounts(access).map(({ id, name, email }) => ({ id, name, email })),
			units: units.map(({ id, name, region }) => ({ id, name, region })),
			chain: url.searchParams.has('check') ? checkChain(access) : undefined
		})
	};
};
