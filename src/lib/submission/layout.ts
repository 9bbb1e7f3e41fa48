import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Profile } from '#lib/catalogue/profile.ts';
import { isReported } from '#lib/catalogue/variable.ts';
import type { Refusal } from './issue.ts';

/** Where a variable stands in a file: its columns (from 0; several where codes repeat) and how it is written. */
export type LayoutColumn = {
	positions: number[];
	codes?: Readonly<Record<string, string>>;
	dateForm?: string;
};

/** Which variables a file holds. A variable that is not here is carried over, not blanked. */
export type Layout = {
	columns: ReadonlyMap<string, LayoutColumn>;
	constants: ReadonlyMap<string, string>;
	reference: number | undefined;
	/** Columns that are not read and that nobody said would be there. */
	ignored: string[];
	refusals: Refusal[];
};

/**
 * The layout of a file by its header and, where a journal system writes other names, its profile.
 * Names are compared without regard to case and surrounding spaces.
 */
export function layoutOf(header: readonly string[], d: Definition, profile?: Profile): Layout {
	const refusals: Refusal[] = [];
	const columns = new Map<string, LayoutColumn>();
	const ignored: string[] = [];
	let reference: number | undefined;

	const names = header.map((name) => name.trim());
	const unnamed = names.filter((name) => name === '').length;
	if (unnamed > 0)
		refusals.push({ rule: 'unnamedColumn', column: String(names.indexOf('') + 1), count: unnamed });
	const times = Map.groupBy(names.filter(Boolean), (name) => name.toUpperCase());
	for (const [first = '', ...again] of times.values())
		if (again.length) refusals.push({ rule: 'duplicateColumn', column: first, count: again.length + 1 });

	const place = profile ? byProfile(profile) : byCatalogue(d);
	const known = new Set(profile?.ignored.map((name) => name.toUpperCase()));
	names.forEach((name, position) => {
		const target = place.get(name.toUpperCase());
		if (!target) {
			if (!known.has(name.toUpperCase())) ignored.push(name);
		} else if (target.variable === d.register.reference?.column) reference = position;
		else {
			const { variable, ...how } = target;
			const found = columns.get(variable);
			if (found) found.positions.push(position);
			else columns.set(variable, { positions: [position], ...how });
		}
	});
	// Without a known name the first row is hardly a header, so nothing more is said of its names.
	if (columns.size === 0) refusals.splice(0, Infinity, { rule: 'unknownColumns' });
	else if (
		!profile?.rowKey &&
		reference === undefined &&
		!d.register.birthKey.some((key) => key.every((id) => columns.has(id)))
	)
		refusals.push({
			rule: 'noKeyColumns',
			column: d.register.birthKey.map((key) => key.join(' + ')).join(', ')
		});
	if (profile?.rowKey && profile.rowKey.columns !== 'all')
		for (const wanted of profile.rowKey.columns)
			if (!names.some((n) => n.toUpperCase() === wanted.toUpperCase()))
				refusals.push({ rule: 'missingColumns', column: wanted });
	return {
		columns,
		constants: new Map(Object.entries(profile?.constants ?? {})),
		reference,
		ignored,
		refusals
	};
}

type Target = { variable: string } & Omit<LayoutColumn, 'positions'>;

function byProfile(profile: Profile): Map<string, Target> {
	return new Map(
		Object.entries(profile.columns).map(([theirs, ours]) => {
			if (typeof ours === 'string') return [theirs.toUpperCase(), { variable: ours }];
			const { variable, codes, dateForm } = ours;
			return [theirs.toUpperCase(), { variable, ...(codes && { codes }), ...(dateForm && { dateForm }) }];
		})
	);
}

/** The register's own names; MDIAG1 with twelve positions may come as MDIAG1, MDIAG2 … MDIAG12. */
function byCatalogue(d: Definition): Map<string, Target> {
	const targets = new Map<string, Target>();
	for (const v of d.variables.filter(isReported)) {
		targets.set(v.id, { variable: v.id });
		const stem = v.id.replace(/1$/, '');
		for (let n = 2; n <= (v.positions ?? 1); n++) targets.set(stem + n, { variable: v.id });
	}
	if (d.register.reference)
		targets.set(d.register.reference.column.toUpperCase(), { variable: d.register.reference.column });
	return targets;
}
