import { hrefTo } from '#lib/format/href.ts';
import { localPath } from '#lib/format/local-path.ts';
import { localizeHref } from '#lib/paraglide/runtime.js';
import type { SessionState } from '#lib/server/access/sessions.ts';

const steps: Record<Exclude<SessionState, 'whole'>, string> = {
	secondFactor: '/sign-in/second-factor',
	enrol: '/sign-in/enrol'
};

/**
 * Where an address of signing in leads once that is done: to what was asked for, in the language that the reader has
 * chosen since, else to the start page.
 */
export function wantedPage({ searchParams }: URL): string {
	const to = localPath(searchParams.get('to'));
	// asked twice: without its language an address like /en//elsewhere.example would be another
	return (to && localPath(localizeHref(to))) ?? hrefTo('/');
}

/** The way on for a session, which carries along what was asked for until the session is whole. */
export const wayOn = (url: URL, state: SessionState): string =>
	state === 'whole' ? wantedPage(url) : withWanted(steps[state], url);

/** Another address of signing in, by its path without language, that leads to the same page in the end. */
export function withWanted(path: string, { searchParams }: URL): string {
	const to = localPath(searchParams.get('to'));
	return hrefTo(path) + (to ? `?${new URLSearchParams({ to })}` : '');
}

/** What can bring somebody to the sign-in page, which tells it. */
export const signInReasons = [
	'idle',
	'needed',
	'signedOut',
	'failed',
	'unknownAccount',
	'notVerified'
] as const;

/** The sign-in page with a reason to tell, which leads to the same page in the end. */
export function withReason(url: URL, why: (typeof signInReasons)[number]): string {
	const path = withWanted('/sign-in', url);
	return `${path}${path.includes('?') ? '&' : '?'}why=${why}`;
}
