/** What a unit is found by. */
export type SearchedUnit = { id: string; name: string; place: string; region: string };

/** Letters without their marks: ö is found by o, but o is not found by ö. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '');

/**
 * The units in whose name, place, region or id every word of a text is found. Those where the words begin
 * one come first; else in their own order.
 */
export function searchUnits<Unit extends SearchedUnit>(units: readonly Unit[], text: string): Unit[] {
	const words = text.toLowerCase().split(/\s+/).filter(Boolean);
	const found = units.flatMap((unit) => {
		const written = `${unit.name} ${unit.place} ${unit.region} ${unit.id}`.toLowerCase();
		const searched = ` ${written} ${plain(written)}`;
		if (!words.every((word) => searched.includes(word))) return [];
		return [{ unit, begins: words.every((word) => searched.includes(` ${word}`)) }];
	});
	return found.toSorted((a, b) => Number(b.begins) - Number(a.begins)).map(({ unit }) => unit);
}
