import { swedishTime } from '#lib/format/swedish-time.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { AuditEntry } from '#lib/server/access/audit.ts';

/** An entry of the log as a page shows it: the local time, and the unit by its name. */
export type ShownEntry = Omit<AuditEntry, 'at'> & { at: string };

export function shownEntry(entry: AuditEntry, unitById: ReadonlyMap<string, Unit>): ShownEntry {
	const unit = entry.unit === null ? null : (unitById.get(entry.unit)?.name ?? entry.unit);
	return { ...entry, at: swedishTime(entry.at), unit };
}
