/** What was written and has not reached the server, with the revision of the draft that it was written on. */
export type Unsaved = { text: string; revision: number };

const keyOf = (name: string) => `draft of ${name}`;

/** Keeps it in this tab of the browser until it is saved; a browser that keeps nothing is let be. */
export function keepUnsaved(name: string, unsaved: Unsaved | undefined): void {
	try {
		if (unsaved) sessionStorage.setItem(keyOf(name), JSON.stringify(unsaved));
		else sessionStorage.removeItem(keyOf(name));
	} catch {
		// full, or not allowed: the page still asks before it is left
	}
}

/** What this tab kept; undefined where it kept nothing that can be read. */
export function keptUnsaved(name: string): Unsaved | undefined {
	try {
		const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(name)) ?? 'null');
		if (typeof kept !== 'object' || kept === null) return undefined;
		const { text, revision } = kept as Partial<Unsaved>;
		return typeof text === 'string' && typeof revision === 'number' ? { text, revision } : undefined;
	} catch {
		return undefined;
	}
}
