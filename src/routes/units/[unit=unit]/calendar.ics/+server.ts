import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { calendarResponse } from '../../../calendar-response.ts';
import type { RequestHandler } from './$types';

/** The days of the register's calendar that concern a unit, for calendar programs. */
export const GET: RequestHandler = ({ params, locals: { register, asOf } }) => {
	const { register: description, unitById } = register.definition;
	const unit = unitById.get(params.unit);
	if (!unit) error(404, m.unit_unknown({ unit: params.unit }));
	return calendarResponse({ register: description, unit, locale: getLocale(), asOf });
};
