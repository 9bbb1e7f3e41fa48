import { uploadProgress, type UploadProgress } from '#lib/submission/upload-progress.ts';

/** Why a file did not come over: each has its own words. */
export type UploadFailure = 'connection' | 'tooLarge' | 'diskFull' | 'signedOut' | 'cancelled' | 'ours';

export class UploadFailed extends Error {
	readonly failure: UploadFailure;
	constructor(failure: UploadFailure) {
		super(failure);
		this.failure = failure;
	}
}

/** So large may an original be. */
export const mostBytes = 1024 ** 3;

/**
 * Sends a file as it is. Only XMLHttpRequest tells how much has gone over. Resolves with the hash that
 * the server found; rejects with UploadFailed.
 */
export function upload(
	address: string,
	file: File,
	{ onProgress, signal }: { onProgress: (progress: UploadProgress) => void; signal: AbortSignal }
): Promise<{ sha256: string }> {
	return new Promise((done, failed) => {
		const fail = (failure: UploadFailure) => failed(new UploadFailed(failure));
		if (file.size > mostBytes) return fail('tooLarge');
		const request = new XMLHttpRequest();
		const started = performance.now();
		request.upload.addEventListener('progress', ({ loaded }) =>
			onProgress(uploadProgress(loaded, file.size, performance.now() - started))
		);
		request.addEventListener('error', () => fail('connection'));
		request.addEventListener('abort', () => fail('cancelled'));
		request.addEventListener('load', () => {
			if (request.status === 201) done(JSON.parse(request.responseText));
			else if (request.status === 401) fail('signedOut');
			else if (request.status === 413) fail('tooLarge');
			else if (request.status === 507) fail('diskFull');
			else fail('ours');
		});
		signal.addEventListener('abort', () => request.abort());
		request.open('PUT', address);
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.send(file);
	});
}
