import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DefinitionError, type Fault } from '#lib/catalogue/source.ts';
import { readDefinition } from '#lib/catalogue/catalogue.ts';

const root = join(import.meta.dirname, '../..');

/** The files of a shipped definition, by their path inside its folder. */
export function definitionFiles(register: 'mfr' | 'sinasc'): Map<string, string> {
	const folder = join(root, 'data', register);
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
		/\.(ya?ml|csv)$/.test(name)
	);
	return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Reference material that stands beside the project for its developers, or undefined where it does not. */
export function sharedFolder(name: string): string | undefined {
	const folder = join(root, '../shared/data', name);
	if (existsSync(folder)) return folder;
	console.info(`../shared/data/${name} is not here: the tests that compare with it are skipped.`);
	return undefined;
}

/** A small register that is right; tests put one thing wrong in it. */
export const smallRegister = {
	'register.yaml': `id: small
name: { sv: Litet, en: Small }
nation: { sv: Sverige, en: Sweden }
firstYear: 2000
birthDate: FDAT
birthKey: [[NR]]
reference: { column: NR, label: { sv: Nummer, en: Number } }
forms:
  - { id: B, label: { sv: Barn, en: Child }, level: birth }
`,
	'catalogue/b.yaml': `form: B
variables:
  - id: FDAT
    label: { sv: Födelsedatum, en: Date of birth }
    level: birth
    type: date

  - id: KON
    label: { sv: Kön, en: Sex }
    level: birth
    type: code
    codes:
      - { code: '1', label: { sv: Pojke, en: Boy } }
      - { code: '2', label: { sv: Flicka, en: Girl } }

  - id: VIKT
    label: { sv: Vikt, en: Weight }
    level: birth
    type: integer
    hardLimits: [100, 9000]
    applicableWhen: { variable: KON, is: recorded }
`,
	'units.csv': `id,name,place,region,code,births_per_year,active,note
north,Norra,Luleå,Norr,65016,1500,2000-01-01..,
south,Södra,Lund,Syd,41001,3300,2000-01-01..2016-05-31,
`,
	'reference-births.csv': `unit,year,births,source,check
,2019,4800,statistics,not checked
`,
	'profiles/their.yaml': `id: their
label: { sv: Deras, en: Theirs }
columns:
  datum: FDAT
  sex:
    variable: KON
    codes: { M: '1', F: '2' }
constants: { VIKT: '3500' }
`
} as const;

export type SmallFile = keyof typeof smallRegister;

/** The faults of the small register after one text in one of its files was replaced by another. */
export function faultsAfter(file: SmallFile, was: string, becomes: string): Fault[] {
	const written = smallRegister[file];
	if (!written.includes(was)) throw new Error(`${file} does not hold “${was}”.`);
	return faultsOf({ ...smallRegister, [file]: written.replace(was, becomes) });
}

/** The faults of a definition; none where it is right. */
export function faultsOf(files: Record<string, string>): Fault[] {
	try {
		readDefinition(new Map(Object.entries(files)));
		return [];
	} catch (error) {
		if (error instanceof DefinitionError) return error.faults;
		throw error;
	}
}
