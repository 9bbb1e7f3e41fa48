/** How far an upload has come. `secondsLeft` is null while it cannot be told yet. */
export type UploadProgress = { bytes: number; total: number; share: number; secondsLeft: number | null };

/** Before so much time has passed, or so much has gone over, the speed says nothing. */
const leastMilliseconds = 800;
const leastShare = 0.01;

/** How far an upload has come from the bytes that have gone over since its start, at the pace so far. */
export function uploadProgress(bytes: number, total: number, milliseconds: number): UploadProgress {
	const share = total === 0 ? 1 : Math.min(1, bytes / total);
	const told = milliseconds >= leastMilliseconds && share >= leastShare;
	return {
		bytes,
		total,
		share,
		secondsLeft: told ? Math.ceil(((milliseconds / 1000) * (1 - share)) / share) : null
	};
}
