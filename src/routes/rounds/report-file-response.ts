import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

const contentTypes = {
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
};

/** A file of a round's reports, to be downloaded under `name`, as it lies on the disk. */
export async function reportFileResponse(
	path: string,
	name: string,
	format: keyof typeof contentTypes
): Promise<Response> {
	const { size } = await stat(path);
	const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
	return new Response(body, {
		headers: {
			'content-type': contentTypes[format],
			'content-length': String(size),
			'content-disposition': `attachment; filename="${name}.${format}"`
		}
	});
}
