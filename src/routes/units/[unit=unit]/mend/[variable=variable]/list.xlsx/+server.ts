import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { formatPeriod } from '#lib/period/period.ts';
import { hasWorkbook, mendWorkbook } from '#lib/server/export/mend-workbook.ts';
import { askedView } from '../../../../../asked-view.ts';
import { askedMend } from '../asked-mend.ts';
import type { RequestHandler } from './$types';

/**
 * All of a unit's births to mend in a variable, or without a form, as an Excel file to fill in and hand in. As they
 * stand today, whatever day the address looks from: a row that is left as it is must change nothing.
 */
export const GET: RequestHandler = async ({ params, url, locals }) => {
	const { register, asOf } = locals;
	const { period } = askedView(url, asOf);
	const { unit } = params;
	const { title, list } = await askedMend(locals, params.variable, { unit, period, asOf, sort: 'date' });
	const { definition } = register;
	if (!hasWorkbook(definition, list)) error(404, m.mend_no_file());
	const unitName = definition.unitById.get(unit)?.name ?? unit;
	const about = { definition, title, unitName, period, asOf, locale: getLocale() };
	const bytes = await mendWorkbook(list, about);
	const name = `${unit}-${params.variable}-${formatPeriod(period).replace('..', '--')}-${asOf}.xlsx`;
	// a copy in a buffer of its own, as a response wants it
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'private, no-store'
		}
	});
};
