import { deserialize } from '$app/forms';
import type { UploadProgress } from '#lib/submission/upload-progress.ts';
import { upload, UploadFailed, type UploadFailure } from './upload.ts';

/** Why a file was not handed in: it did not come over, or the server did not receive it. */
export type Failure = UploadFailure | 'outOfOrder' | 'gone';

/** What becomes of one file. */
export type FileState =
	| { phase: 'waiting' }
	| { phase: 'sending'; progress: UploadProgress }
	| { phase: 'reading' }
	| { phase: 'done'; number: number; refused: boolean }
	| { phase: 'failed'; failure: Failure };

/** The fields of the form that have to be mended, by name; empty when it is as it should be. */
export async function checkForm(form: FormData): Promise<string[]> {
	const result = await act('?/check', form);
	return result.wrong ?? [];
}

/** Hands one file in: sends it over, then has it received. Tells every step; ends in `done` or `failed`. */
export async function handIn(
	file: File,
	form: FormData,
	address: string,
	signal: AbortSignal,
	tell: (state: FileState) => void
): Promise<void> {
	try {
		tell({ phase: 'sending', progress: { bytes: 0, total: file.size, share: 0, secondsLeft: null } });
		const onProgress = (progress: UploadProgress) => tell({ phase: 'sending', progress });
		const { sha256 } = await upload(address, file, { onProgress, signal });
		tell({ phase: 'reading' });
		form.set('sha256', sha256);
		form.set('fileName', file.name);
		const { number, refused = false, failure = 'ours' } = await act('?/receive', form);
		tell(number === undefined ? { phase: 'failed', failure } : { phase: 'done', number, refused });
	} catch (error) {
		tell({ phase: 'failed', failure: error instanceof UploadFailed ? error.failure : 'ours' });
	}
}

type Answer = { wrong?: string[]; number?: number; refused?: boolean; failure?: Failure };

/** Asks a form action. Throws UploadFailed when nobody answers, or the answer is an error. */
async function act(action: string, body: FormData): Promise<Answer> {
	const response = await fetch(action, {
		method: 'POST',
		body,
		headers: { accept: 'application/json', 'x-sveltekit-action': 'true' }
	}).catch(() => {
		throw new UploadFailed('connection');
	});
	if (response.status === 401) throw new UploadFailed('signedOut');
	const result = deserialize<Answer, Answer>(await response.text());
	if (result.type === 'success' || result.type === 'failure') return result.data ?? {};
	throw new UploadFailed('ours');
}
