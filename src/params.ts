import { defineParams } from '@sveltejs/kit/params';

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined);

/** The forms that the variable parts of addresses may take; anything else is "no such page" before a load runs. */
export const params = defineParams({
	unit: matching(/^[a-z][a-z0-9-]{1,40}$/),
	variable: matching(/^[A-Z][A-Z0-9_]{0,30}$/),
	submission: matching(/^[1-9]\d{0,8}$/),
	flag: matching(/^[a-z-]{1,20}(\.[A-Z][A-Z0-9_]{0,30})?\.[12]\d{3}-(0[1-9]|1[0-2])$/),
	token: matching(/^[A-Za-z0-9_-]{43}$/),
	round: matching(/^[12]\d{3}-(0[1-9]|1[0-2])$/),
	edition: matching(/^[1-9]\d{0,2}$/),
	locale: matching(/^(sv|en)$/),
	report: matching(/^[a-z]+-[A-Za-zÅÄÖ0-9-]{1,60}-(sv|en)\.(pdf|xlsx)$/),
	account: matching(/^[A-Za-z0-9_-]{8,40}$/),
	table: matching(/^[a-z][a-z0-9_]{0,62}$/),
	slug: matching(/^[a-z0-9]+(-[a-z0-9]+)*$/)
});
