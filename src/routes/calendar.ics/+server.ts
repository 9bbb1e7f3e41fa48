import { getLocale } from '#lib/paraglide/runtime.js';
import { calendarResponse } from '../calendar-response.ts';
import type { RequestHandler } from './$types';

/** The register's calendar of everybody, for calendar programs. */
export const GET: RequestHandler = ({ locals: { register, asOf } }) =>
	calendarResponse({ register: register.definition.register, locale: getLocale(), asOf });
