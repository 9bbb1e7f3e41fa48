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
	names.forEach((name, position) => {
		if (name === '') refusals.push({ rule: 'unnamedColumn', column: String(position + 1) });
		else if (names.findIndex((n) => n.toUpperCase() === name.toUpperCase()) < position)
			refusals.push({ rule: 'duplicateColumn', column: name });
	});

	const place = profile ? byProfile(profile) : byCatalogue(d);
	names.forEach((name, position) => {
		const target = place.get(name.toUpperCase());
		if (!target) ignored.push(name);
		else if (target.variable === d.register.reference?.column) reference = position;
		else {
			const { variable, ...how } = target;
			const found = columns.get(variable);
			if (found) found.positions.push(position);
			else columns.set(variable, { positions: [position], ...how });
		}
	});
	if (columns.size === 0) refusals.push({ rule: 'unknownColumns' });
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
