import { m } from '#lib/paraglide/messages.js';
import type { Created } from '#lib/server/notebook/shelf.ts';

type Refused = Exclude<Created, { kind: 'created' }> | { kind: 'noFile' };

/** Which field of the form has to be mended, and how. */
export function refusalWords(refused: Refused): { field: 'title' | 'from' | 'file'; problem: string } {
	switch (refused.kind) {
		case 'noName':
			return { field: 'title', problem: m.shelf_wrong_name() };
		case 'taken':
			return { field: 'title', problem: takenWords[refused.whose]({ name: refused.name }) };
		case 'unknown':
			return { field: 'from', problem: m.shelf_wrong_unknown() };
		case 'noFile':
			return { field: 'file', problem: m.shelf_wrong_no_file() };
		case 'noText':
			return { field: 'file', problem: m.shelf_wrong_no_text() };
		case 'tooLarge':
			return { field: 'file', problem: m.shelf_too_large() };
	}
}

const takenWords = {
	installation: m.shelf_wrong_taken,
	product: m.shelf_wrong_taken_product,
	removed: m.shelf_wrong_taken_removed
};
