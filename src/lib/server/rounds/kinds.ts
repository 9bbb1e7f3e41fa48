import { clinicKind } from './clinic-kind.ts';
import { nationKind } from './nation-kind.ts';
import type { Kind, ReportKind } from './report-kind.ts';
import { unitKind } from './unit-kind.ts';

/** Every kind of report that a round has, in the order in which they are made. */
export const kinds: readonly ReportKind[] = [unitKind, nationKind, clinicKind];

/** A kind by its name. Throws for one that the program does not make. */
export function kindNamed(name: Kind): ReportKind {
	const found = kinds.find(({ kind }) => kind === name);
	if (!found) throw new Error(`No reports of the kind ${name} are made.`);
	return found;
}
