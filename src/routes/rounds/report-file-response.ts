import type { RequestEvent } from '@sveltejs/kit';
import { hrefTo } from '#lib/format/href.ts';
import { ReportDamaged } from '#lib/server/rounds/damaged.ts';

const contentTypes = {
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** A file of a round's reports, to be downloaded under `name`. */
export const reportFileResponse = (
	bytes: Uint8Array,
	name: string,
	format: keyof typeof contentTypes
): Response =>
	new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': contentTypes[format],
			'content-length': String(bytes.length),
			'content-disposition': `attachment; filename="${name}.${format}"`
		}
	});

/**
 * What `answer` gives; where it meets a file that is no longer as it was made, that is not handed out, and a page of
 * the site says which it is and what to do, with the status 500. Kit itself would answer with its plainest page.
 */
export async function unlessDamaged(
	{ fetch, url }: Pick<RequestEvent, 'fetch' | 'url'>,
	answer: () => Promise<Response>
): Promise<Response> {
	try {
		return await answer();
	} catch (thrown) {
		if (!(thrown instanceof ReportDamaged)) throw thrown;
		console.error(thrown.message);
		const asked = new URLSearchParams({ file: thrown.file, at: url.pathname });
		return fetch(`${hrefTo('/damaged-report')}?${asked}`, {
			// it is compressed once, on the way out
			headers: { accept: 'text/html', 'accept-encoding': 'identity' }
		});
	}
}
