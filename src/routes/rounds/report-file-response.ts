import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
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

/** Answers for a file that is no longer as it was made: it is not handed out, and the page says which it is. */
export function damaged(thrown: unknown): never {
	if (!(thrown instanceof ReportDamaged)) throw thrown;
	console.error(thrown.message);
	error(500, m.round_damaged({ file: thrown.file }));
}
