import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { isDay, type Day } from '#lib/period/day.ts';
import { acts, type AuditFilter } from '#lib/server/access/audit.ts';
import { askedChoice } from '../asked-view.ts';

export type Asked = Omit<AuditFilter, 'limit' | 'offset'>;

/** Which entries of the log an address asks for; a blank asks for all. Answers 400 for what is no day or no act. */
export function askedEntries(url: URL): Asked {
	const text = (key: string) => url.searchParams.get(key) || undefined;
	const [from, to, who, unit] = [askedDay(text('from')), askedDay(text('to')), text('who'), text('unit')];
	const act = text('act') && askedChoice(url, 'act', acts);
	return {
		...(from && { from }),
		...(to && { to }),
		...(who && { who }),
		...(act && { act }),
		...(unit && { unit })
	};
}

function askedDay(text: string | undefined): Day | undefined {
	if (text !== undefined && !isDay(text)) error(400, m.audit_bad_day({ value: text }));
	return text;
}
