import { createHash } from 'node:crypto';
import { calendarFeed, type Feed } from '#lib/server/export/calendar-feed.ts';

/** Calendar programs ask several times a day, and have no cookie: any cache may answer them for some hours. */
const cacheControl = `public, max-age=${6 * 60 * 60}`;

/** A calendar to subscribe to, as an answer. */
export function calendarResponse(feed: Feed): Response {
	const text = calendarFeed(feed);
	const name = feed.unit ? `bortfall-${feed.unit.id}` : 'bortfall';
	return new Response(text, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `inline; filename="${name}.ics"`,
			'cache-control': cacheControl,
			etag: `"${createHash('sha256').update(text).digest('base64url')}"`
		}
	});
}
