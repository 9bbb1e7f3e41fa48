import { deserialize } from '$app/forms';
import type { SaveAnswer, SaveFailure, SavedDraft } from './draft-saving.ts';

const byStatus: Record<number, SaveFailure> = { 401: 'signedOut', 413: 'tooLarge' };

/** What the server says of a draft; `savedAt` is ms since 1970. */
type Told = { kind?: string; text: string; revision: number; savedAt: number };

/**
 * Sends a draft to the server. `isLeaving` lets the request go on when the page is gone, which browsers allow for small
 * texts only. Never rejects.
 */
export async function sendDraft(
	address: string,
	draft: { text: string; revision: number; base: number },
	isLeaving: boolean
): Promise<SaveAnswer> {
	try {
		const response = await fetch(address, {
			method: 'PUT',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(draft),
			keepalive: isLeaving
		});
		if (response.status !== 409 && !response.ok) return { failure: byStatus[response.status] ?? 'ours' };
		const told: Told = await response.json();
		if (response.ok) return { saved: { revision: told.revision, at: told.savedAt } };
		return { other: { text: told.text, revision: told.revision, at: told.savedAt } };
	} catch {
		return { failure: 'connection' };
	}
}

/** The published version that the page knows of. */
export type PublishedNow = { version: number; text: string; by: string };

/** What became of publishing (server/notebook/shelf-publish.ts). */
export type PublishOutcome =
	| { kind: 'published'; version: number; isNew: boolean }
	| { kind: 'merged' | 'conflicting' | 'stale'; text: string; revision: number; base: number };

type ActionAnswer = {
	outcome?: PublishOutcome;
	published?: PublishedNow;
	draft?: Told & { base: number };
	stale?: boolean;
};

/** Asks an action of the page. Undefined where nobody answers as they should. */
export async function ask(
	action: string,
	fields: Readonly<Record<string, string>>
): Promise<ActionAnswer | undefined> {
	try {
		const response = await fetch(action, {
			method: 'POST',
			body: new URLSearchParams(fields),
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' }
		});
		const result = deserialize<ActionAnswer, ActionAnswer>(await response.text());
		return result.type === 'success' || result.type === 'failure' ? result.data : undefined;
	} catch {
		return undefined;
	}
}

/** A draft as the page keeps account of it. */
export const asSaved = ({ text, revision, savedAt }: Told): SavedDraft => ({ text, revision, at: savedAt });
