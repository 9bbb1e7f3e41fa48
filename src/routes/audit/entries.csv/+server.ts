import type { Locale } from '#lib/catalogue/text.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import { byteOrderMark, csvLine } from '#lib/format/csv.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { auditEntries, type AuditEntry } from '#lib/server/access/audit.ts';
import type { Access } from '#lib/server/access/open.ts';
import { actName } from '../act-names.ts';
import { askedEntries, type Asked } from '../asked-entries.ts';
import { shownEntry } from '../shown-entry.ts';
import type { RequestHandler } from './$types';

/** So many entries are read at a time. */
const atOnce = 1000;

/** The entries that the address asks for, newest first, as a file that spreadsheets open. */
export const GET: RequestHandler = ({ locals: { access, register, asOf }, url }) => {
	const asked = askedEntries(url);
	const lines = linesOf(access, asked, register.definition.unitById, getLocale());
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		pull(controller) {
			const { value, done } = lines.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		}
	});
	return new Response(body, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="bortfall-${m.audit_file_stem()}-${asOf}.csv"`,
			'cache-control': 'private, no-store'
		}
	});
};

function* linesOf(
	access: Access,
	asked: Asked,
	unitById: ReadonlyMap<string, Unit>,
	locale: Locale
): Generator<string> {
	const head = [
		m.audit_number,
		m.audit_when,
		m.audit_who,
		m.audit_act,
		m.audit_unit,
		m.audit_what,
		m.audit_address
	];
	// the language is said: while the file is sent nothing knows whose request it was
	yield byteOrderMark + csvLine(head.map((name) => name({}, { locale })));
	for (const part of partsOf(access, asked))
		yield part
			.map((entry) => shownEntry(entry, unitById))
			.map(({ number, at, name, act, unit, what, address }) =>
				csvLine([number, at, name, actName(act, locale), unit, what, address])
			)
			.join('');
}

/** What is written meanwhile moves the others along: what has been read already is left out. */
function* partsOf(access: Access, asked: Asked): Generator<AuditEntry[]> {
	let last = Infinity;
	for (let offset = 0; ; offset += atOnce) {
		const { entries } = auditEntries(access, { ...asked, limit: atOnce, offset });
		if (entries.length === 0) return;
		const fresh = entries.filter(({ number }) => number < last);
		last = fresh.at(-1)?.number ?? last;
		yield fresh;
	}
}
