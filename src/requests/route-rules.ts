import type { RouteId } from '$app/types';
import type { Ability } from '#lib/access/role.ts';
import type { Act } from '#lib/server/access/audit.ts';

/** What holds for a route, whatever its load asks of its own. */
export type Rule = {
	/** Who may come: `signedIn` is whoever has an account; what is of a foreign unit is the load's to refuse. */
	to: 'anybody' | 'signedIn' | Ability;
	/** Who may change something here. Without it nobody may. */
	change?: Rule['to'];
	/** What the audit log says of somebody who was answered. */
	records?: Act;
	/** How many ordinary pages an answer takes the work of, for the limit on requests; 1 when it is not said. */
	cost?: number;
	/** Bytes that a request may carry, when it is not the little that a form has. */
	body?: number;
	/** What is posted here is JSON. */
	takesJson?: true;
};

/** The largest original. */
const originalBytes = 1024 ** 3;

/** The largest text of a notebook, written as JSON, in which a line's end takes two letters. */
const notebookBytes = 2.5 * 1024 ** 2;

/** An imported notebook may be larger than one can be, so that the page itself says what is too large. */
const importedBytes = 8 * 1024 ** 2;

/** Every route has a rule: one without does not type-check, and is answered 404. */
export const routeRules: Record<RouteId, Rule> = {
	'/': { to: 'signedIn' },
	'/units': { to: 'signedIn' },
	'/units/[unit=unit]': { to: 'signedIn' },
	// days are no secret, and calendar programs have no cookie
	'/calendar.ics': { to: 'anybody' },
	'/units/[unit=unit]/calendar.ics': { to: 'anybody' },
	'/units/[unit=unit]/flags/[flag=flag]': { to: 'signedIn', change: 'followUp' },
	'/units/[unit=unit]/mend/[variable=variable]': { to: 'signedIn', records: 'mendListSeen' },
	'/units/[unit=unit]/mend/[variable=variable]/list.xlsx': {
		to: 'signedIn',
		records: 'mendListFetched',
		cost: 10
	},
	'/variables': { to: 'signedIn' },
	'/variables/[variable=variable]': { to: 'signedIn' },
	'/submissions': { to: 'signedIn' },
	'/submissions/new': { to: 'handIn', change: 'handIn' },
	'/submissions/original': { to: 'handIn', change: 'handIn', body: originalBytes },
	'/submissions/[submission=submission]': { to: 'signedIn' },
	'/submissions/[submission=submission]/issues.csv': { to: 'signedIn', records: 'issuesFetched', cost: 10 },
	'/reports': { to: 'signedIn' },
	'/reports/[report=slug]': { to: 'signedIn', records: 'reportSeen', cost: 5 },
	'/reports/[report=slug]/[unit=unit].pdf': { to: 'signedIn', records: 'reportFetched', cost: 10 },
	'/reports/[report=slug]/[unit=unit].xlsx': { to: 'signedIn', records: 'reportFetched', cost: 10 },
	'/notebooks': { to: 'writeNotebooks', change: 'writeNotebooks', body: importedBytes },
	'/notebooks/dictionary': { to: 'writeNotebooks' },
	'/notebooks/[notebook=slug]/history': { to: 'writeNotebooks', change: 'writeNotebooks' },
	'/notebooks/[notebook=slug]/draft': { to: 'writeNotebooks', change: 'writeNotebooks', body: notebookBytes },
	'/notebooks/[notebook=slug]': { to: 'writeNotebooks', cost: 5 },
	'/notebooks/[notebook=slug].pdf': { to: 'writeNotebooks', records: 'notebookFetched', cost: 10 },
	'/notebooks/[notebook=slug].xlsx': { to: 'writeNotebooks', records: 'notebookFetched', cost: 10 },
	'/notebooks/[notebook=slug].html': { to: 'writeNotebooks', records: 'notebookFetched', cost: 10 },
	'/notebooks/[notebook=slug].md': { to: 'writeNotebooks', records: 'notebookFetched' },
	'/notebooks/[notebook=slug]/[table=table].csv': {
		to: 'writeNotebooks',
		records: 'notebookFetched',
		cost: 10
	},
	'/notebooks/[notebook=slug]/[table=table].parquet': {
		to: 'writeNotebooks',
		records: 'notebookFetched',
		cost: 10
	},
	'/notebooks/[notebook=slug]/[table=table].arrow': {
		to: 'writeNotebooks',
		records: 'notebookFetched',
		cost: 10
	},
	'/notebooks/[notebook=slug]/edit': { to: 'writeNotebooks', change: 'writeNotebooks', body: notebookBytes },
	'/notebooks/[notebook=slug]/run': {
		to: 'writeNotebooks',
		change: 'writeNotebooks',
		body: notebookBytes,
		takesJson: true
	},
	'/notebooks/[notebook=slug]/rows': {
		to: 'writeNotebooks',
		change: 'writeNotebooks',
		body: notebookBytes,
		takesJson: true
	},
	'/rounds': { to: 'seeRounds' },
	'/rounds/receipts': { to: 'seeRounds' },
	'/rounds/[round=round]': { to: 'seeRounds', change: 'holdRounds' },
	'/rounds/[round=round]/clinics': { to: 'seeRounds' },
	'/rounds/[round=round]/[edition=edition]/reports.zip': {
		to: 'seeRounds',
		records: 'reportFetched',
		cost: 20
	},
	'/rounds/[round=round]/[edition=edition]/[unit=unit].svg': { to: 'seeRounds' },
	'/rounds/[round=round]/[edition=edition]/[report=report]': { to: 'seeRounds', records: 'reportFetched' },
	// what it says of a file is said only in place of that file
	'/damaged-report': { to: 'signedIn' },
	'/contacts': { to: 'holdRounds' },
	'/contacts/[unit=unit]': { to: 'holdRounds', change: 'holdRounds' },
	'/units/[unit=unit]/rounds': { to: 'signedIn' },
	'/units/[unit=unit]/rounds/[round=round]': { to: 'signedIn', records: 'reportSeen' },
	'/units/[unit=unit]/rounds/[round=round]/[edition=edition]/[locale=locale].pdf': {
		to: 'signedIn',
		records: 'reportFetched'
	},
	'/units/[unit=unit]/rounds/[round=round]/[edition=edition]/[locale=locale].xlsx': {
		to: 'signedIn',
		records: 'reportFetched'
	},
	'/sign-in': { to: 'anybody', change: 'anybody' },
	'/sign-in/second-factor': { to: 'anybody', change: 'anybody' },
	'/sign-in/enrol': { to: 'anybody', change: 'anybody' },
	'/sign-in/link/[token=token]': { to: 'anybody', change: 'anybody' },
	'/sign-in/oidc': { to: 'anybody' },
	'/sign-in/oidc/callback': { to: 'anybody' },
	'/sign-out': { to: 'anybody', change: 'anybody' },
	'/account': { to: 'signedIn', change: 'signedIn' },
	'/accounts': { to: 'administer', change: 'administer' },
	'/accounts/[account=account]': { to: 'administer', change: 'administer' },
	'/audit': { to: 'administer', records: 'auditSeen' },
	'/audit/entries.csv': { to: 'administer', records: 'auditSeen', cost: 10 }
};

/** The rule of a route; undefined where there is no such route. */
export const ruleOf = (route: string | null): Rule | undefined =>
	route === null ? undefined : (routeRules as Record<string, Rule | undefined>)[route];
