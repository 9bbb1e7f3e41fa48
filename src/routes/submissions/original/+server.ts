import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { json } from '@sveltejs/kit';
import { DiskFull, storeOriginal } from '#lib/server/register/original.ts';
import { markWaiting, removeAbandoned } from '#lib/server/register/waiting.ts';
import type { RequestHandler } from './$types';

/**
 * Takes an original in as it is, byte by byte to the disk: `{ sha256, bytes }`. It becomes a submission
 * by the form on /submissions/new, which says who sends it and for which unit. 507 when the disk is full.
 */
export const PUT: RequestHandler = async ({ request, locals }) => {
	const { folder, db } = locals.register;
	const uploader = locals.account?.id ?? '';
	// the same stream under the types of Node's library
	const body = request.body ? Readable.fromWeb(request.body as ReadableStream) : Readable.from([]);
	try {
		const original = await storeOriginal(folder, body);
		await markWaiting(folder, original, uploader);
		await removeAbandoned(db, folder, original, uploader);
		return json({ sha256: original.sha256, bytes: original.bytes }, { status: 201 });
	} catch (error) {
		if (error instanceof DiskFull || isOutOfSpace(error)) return new Response(null, { status: 507 });
		// the sender broke off: nobody reads this answer, and nothing is left of the file
		if (body.errored) return new Response(null, { status: 400 });
		throw error;
	}
};

const isOutOfSpace = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOSPC';
