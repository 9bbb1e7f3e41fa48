import { m } from '#lib/paraglide/messages.js';
import type { SaveFailure } from './draft-saving.ts';
import type { RunFailure } from './run-notebook.ts';

/** Why a draft could not be saved, in words. */
export const saveFailures: Record<SaveFailure, () => string> = {
	connection: () => m.editor_fail_connection(),
	signedOut: () => m.editor_fail_signed_out(),
	tooLarge: () => m.editor_fail_too_large(),
	ours: () => m.editor_fail_ours()
};

/** Why a run came to nothing, in words. */
export const runFailures: Record<RunFailure, () => string> = {
	...saveFailures,
	tooMany: () => m.editor_fail_too_many()
};
