import { z } from 'zod';
import { variablesOf, type Condition } from './condition.ts';
import { profile, type Profile } from './profile.ts';
import { register, type RegisterDefinition } from './register.ts';
import { DefinitionError, readCsv, readYaml, type Fault } from './source.ts';
import { referenceBirths, unit, type ReferenceBirths, type Unit } from './unit.ts';
import { isReported, variable, type Variable } from './variable.ts';

/** All that is peculiar to one register: its definition, codebook, units, reference births and profiles. */
export type Definition = Readonly<{
	register: RegisterDefinition;
	variables: readonly Variable[];
	byId: ReadonlyMap<string, Variable>;
	units: readonly Unit[];
	unitById: ReadonlyMap<string, Unit>;
	references: readonly ReferenceBirths[];
	profiles: ReadonlyMap<string, Profile>;
}>;

const catalogueFile = z.strictObject({
	form: z.string().describe('The form whose variables these are'),
	variables: z.array(variable).min(1)
});

/** Names that stand beside the variables in the register's tables and statements; so do C0, C1 … */
const reserved = new Set(
	`UNIT FILE BIRTH_KEY SUBMISSION ROW FIRST_RECEIVED RECEIVED SUPERSEDED SUPERSEDED_BY BIRTH_DATE BIRTH_MONTH
	REFERENCE REFERENCE_IS_IDENTITY INVALID ISSUES ROW_HASH VERSION LIVE_BORN COUNTS_DELIVERY`.split(/\s+/)
);
const isReserved = (id: string) => reserved.has(id) || /^C\d+$/.test(id);

/** Expressions of derived variables may use these columns besides earlier variables. */
export const builtIns = ['birth_date', 'first_received', 'live_born'] as const;

/**
 * Makes a register's definition from its files (path inside the folder → text), read in the order of
 * their names within each kind. Throws a DefinitionError that lists every fault with file, line and column.
 */
export function readDefinition(files: ReadonlyMap<string, string>): Definition {
	const faults: Fault[] = [];
	const attempt = <T>(read: () => T): T | undefined => {
		try {
			return read();
		} catch (error) {
			if (!(error instanceof DefinitionError)) throw error;
			faults.push(...error.faults);
			return undefined;
		}
	};
	const required = (path: string) => {
		const written = files.get(path);
		if (written === undefined)
			faults.push({ file: path, line: 1, column: 1, message: 'the file is missing' });
		return written;
	};
	const inFolder = (folder: string) =>
		[...files].filter(([path]) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path)).sort();

	const registerText = required('register.yaml');
	const head =
		registerText === undefined ? undefined : attempt(() => readYaml('register.yaml', registerText, register));
	const unitText = required('units.csv');
	const units = unitText === undefined ? undefined : attempt(() => readCsv('units.csv', unitText, unit));
	const referenceText = files.get('reference-births.csv');
	const references =
		referenceText === undefined
			? undefined
			: attempt(() => readCsv('reference-births.csv', referenceText, referenceBirths));

	const byId = new Map<string, Variable>();
	const checks: (() => void)[] = [];
	let whole = true; // without all variables nothing can be said about names that are not found
	for (const [file, written] of inFolder('catalogue')) {
		const read = attempt(() => readYaml(file, written, catalogueFile));
		if (!read) whole = false;
		read?.value.variables.forEach((v, index) => {
			const wrong = (path: PropertyKey[], message: string) =>
				faults.push({ ...read.at(['variables', index, ...path]), message: `${v.id}: ${message}` });
			const known = (id: string, path: PropertyKey[]) => {
				if (!byId.has(id)) wrong(path, `no variable is called ${id}`);
			};
			if (byId.has(v.id)) return wrong(['id'], 'the name is taken by an earlier variable');
			if (isReserved(v.id)) return wrong(['id'], 'the name is used by the register itself');
			v.codes?.forEach(({ code }, place) => {
				if (v.codes?.findIndex((c) => c.code === code) !== place)
					wrong(['codes', place], `code ${code} stands twice`);
			});
			const conditionKnown = (c: Condition, path: PropertyKey[]) =>
				variablesOf(c).forEach((id) => known(id, path));
			checks.push(() => {
				if (v.applicableWhen) conditionKnown(v.applicableWhen, ['applicableWhen']);
				if (v.group) known(v.group, ['group']);
			});
			byId.set(v.id, { ...v, form: read.value.form });
		});
		if (read && head && !head.value.forms.some((f) => f.id === read.value.form))
			faults.push({ ...read.at(['form']), message: `register.yaml has no form ${read.value.form}` });
	}
	if (whole) for (const check of checks) check();
	if (whole && head) checkRegister(head.value, byId, head.at, faults);

	const profiles = new Map<string, Profile>();
	for (const [file, written] of inFolder('profiles')) {
		const read = attempt(() => readYaml(file, written, profile));
		if (!read) continue;
		if (whole) checkProfile(read.value, byId, head?.value.reference?.column, read.at, faults);
		profiles.set(read.value.id, read.value);
	}
	const unitById = new Map<string, Unit>();
	units?.value.forEach((u, index) => {
		if (unitById.has(u.id)) faults.push({ ...units.at([index, 'id']), message: `unit ${u.id} stands twice` });
		unitById.set(u.id, u);
	});
	references?.value.forEach((r, index) => {
		if (units && r.unit !== '' && !unitById.has(r.unit))
			faults.push({ ...references.at([index, 'unit']), message: `units.csv has no unit ${r.unit}` });
	});
	if (faults.length || !head || !units) throw new DefinitionError(faults);
	return {
		register: head.value,
		variables: [...byId.values()],
		byId,
		units: units.value,
		unitById,
		references: references?.value ?? [],
		profiles
	};
}

type At = (path: PropertyKey[]) => Omit<Fault, 'message'>;
type Variables = ReadonlyMap<string, Variable>;

function checkRegister(r: RegisterDefinition, byId: Variables, at: At, faults: Fault[]) {
	const role = (name: 'birthDate' | 'birthOrder' | 'mother' | 'child', types: string[]) => {
		const id = r[name];
		if (id === undefined) return;
		const found = byId.get(id);
		if (!found || !isReported(found) || !types.includes(found.type))
			faults.push({
				...at([name]),
				message: `${name}: ${id} is not a reported variable of type ${types.join(' or ')}`
			});
	};
	role('birthDate', ['date']);
	role('birthOrder', ['integer']);
	role('mother', ['identity']);
	role('child', ['identity']);
	if (r.daysToReceipt !== undefined && byId.get(r.daysToReceipt)?.derived === undefined)
		faults.push({
			...at(['daysToReceipt']),
			message: `daysToReceipt: ${r.daysToReceipt} is not a derived variable`
		});
	for (const name of ['variable', 'of'] as const) {
		const id = r.identityType?.[name];
		if (id !== undefined && !byId.has(id))
			faults.push({ ...at(['identityType', name]), message: `identityType: no variable is called ${id}` });
	}
	if (r.clinic) {
		const number = byId.get(r.clinic.variable);
		if (!number || !isReported(number) || number.type !== 'text')
			faults.push({
				...at(['clinic', 'variable']),
				message: `clinic: ${r.clinic.variable} is not a reported variable of type text`
			});
		r.clinic.forms.forEach((id, index) => {
			if (!r.forms.some((f) => f.id === id))
				faults.push({ ...at(['clinic', 'forms', index]), message: `clinic: no form is called ${id}` });
		});
	}
	r.birthKey.forEach((key, index) => {
		for (const id of key)
			if (id !== r.reference?.column && !byId.has(id))
				faults.push({ ...at(['birthKey', index]), message: `birthKey: no variable is called ${id}` });
	});
	if (r.stillborn)
		for (const id of variablesOf(r.stillborn))
			if (!byId.has(id))
				faults.push({ ...at(['stillborn']), message: `stillborn: no variable is called ${id}` });
}

function checkProfile(p: Profile, byId: Variables, reference: string | undefined, at: At, faults: Fault[]) {
	for (const [theirs, ours] of Object.entries(p.columns)) {
		const id = typeof ours === 'string' ? ours : ours.variable;
		const found = byId.get(id);
		if (!found && id !== reference)
			faults.push({ ...at(['columns', theirs]), message: `${theirs}: no variable is called ${id}` });
		if (!found?.codes || typeof ours === 'string') continue;
		for (const [code, mapped] of Object.entries(ours.codes ?? {}))
			if (!found.codes.some((c) => c.code === mapped))
				faults.push({
					...at(['columns', theirs, 'codes', code]),
					message: `${theirs}: ${id} has no code ${mapped}`
				});
	}
	for (const id of Object.keys(p.constants))
		if (!byId.has(id))
			faults.push({ ...at(['constants', id]), message: `constants: no variable is called ${id}` });
}

/** The reported variables, in the order of the catalogue. */
export const reported = (d: Definition) => d.variables.filter(isReported);

/** The unit with this id or hospital code; undefined if there is none. */
export const findUnit = (d: Definition, named: string): Unit | undefined =>
	d.unitById.get(named) ?? d.units.find((u) => u.code !== '' && u.code === named);
