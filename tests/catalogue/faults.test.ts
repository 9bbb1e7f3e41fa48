import { expect, test } from 'vitest';
import { DefinitionError } from '#lib/catalogue/source.ts';
import { faultsAfter, faultsOf, smallRegister, type SmallFile } from './definition-files.ts';

test('a definition that is right has no faults', () => {
	expect(faultsOf(smallRegister)).toEqual([]);
});

type Wrong = { title: string; file: SmallFile; was: string; becomes: string; says: string };

const catalogue = 'catalogue/b.yaml';
const wrong: Wrong[] = [
	{
		title: 'a key that is not known',
		file: catalogue,
		was: '    hardLimits:',
		becomes: '    limits:',
		says: 'catalogue/b.yaml:20:5 VIKT: limits is no key that is known here'
	},
	{
		title: 'an unknown variable in a condition',
		file: catalogue,
		was: 'variable: KON, is',
		becomes: 'variable: SEX, is',
		says: 'catalogue/b.yaml:21:21 VIKT: no variable is called SEX'
	},
	{
		title: 'a condition of no known kind',
		file: catalogue,
		was: 'is: recorded',
		becomes: 'is: present',
		says: 'catalogue/b.yaml:21:21 VIKT: applicableWhen: a condition is {variable, is: blank|recorded}, {variable, in: [codes]}, {variable, atLeast|atMost: number}, {all: […]} or {any: […]}'
	},
	{
		title: 'a coded variable without codes',
		file: catalogue,
		was: 'type: integer',
		becomes: 'type: code',
		says: 'catalogue/b.yaml:19:11 VIKT: type: a coded variable needs its codes'
	},
	{
		title: 'a code that stands twice',
		file: catalogue,
		was: "code: '2'",
		becomes: "code: '1'",
		says: 'catalogue/b.yaml:14:9 KON: code 1 stands twice'
	},
	{
		title: 'a code that is written as a number',
		file: catalogue,
		was: "code: '2'",
		becomes: 'code: 2',
		says: 'catalogue/b.yaml:14:17 KON: codes.1.code: Invalid input: expected string, received number'
	},
	{
		title: 'an id that is taken',
		file: catalogue,
		was: 'id: VIKT',
		becomes: 'id: KON',
		says: 'catalogue/b.yaml:16:9 KON: the name is taken by an earlier variable'
	},
	{
		title: 'an id that the register itself uses',
		file: catalogue,
		was: 'id: VIKT',
		becomes: 'id: UNIT',
		says: 'catalogue/b.yaml:16:9 UNIT: the name is used by the register itself'
	},
	{
		title: 'an id that a column of a file being read has',
		file: catalogue,
		was: 'id: VIKT',
		becomes: 'id: C12',
		says: 'catalogue/b.yaml:16:9 C12: the name is used by the register itself'
	},
	{
		title: 'limits in the wrong order',
		file: catalogue,
		was: '[100, 9000]',
		becomes: '[9000, 100]',
		says: 'catalogue/b.yaml:20:17 VIKT: hardLimits: the lower limit is above the upper one'
	},
	{
		title: 'a form that the register does not have',
		file: catalogue,
		was: 'form: B',
		becomes: 'form: C',
		says: 'catalogue/b.yaml:1:7 register.yaml has no form C'
	},
	{
		title: 'YAML that is not well formed',
		file: catalogue,
		was: '{ sv: Vikt, en: Weight }',
		becomes: "'Vikt",
		says: "catalogue/b.yaml:22:1 Missing closing 'quote"
	},
	{
		title: 'a key that stands twice',
		file: catalogue,
		was: '    type: integer',
		becomes: '    level: delivery\n    type: integer',
		says: 'catalogue/b.yaml:19:5 Map keys must be unique'
	},
	{
		title: 'a role whose variable is of the wrong type',
		file: 'register.yaml',
		was: 'birthDate: FDAT',
		becomes: 'birthDate: VIKT',
		says: 'register.yaml:5:12 birthDate: VIKT is not a reported variable of type date'
	},
	{
		title: 'a unit with a bad active period',
		file: 'units.csv',
		was: '2000-01-01..2016-05-31',
		becomes: '2000-01-01..2016',
		says: 'units.csv:3:7 active: “2000-01-01..2016” is not a period such as 2001-01-01..2016-05-31'
	},
	{
		title: 'a period that ends before it begins',
		file: 'units.csv',
		was: '2000-01-01..2016-05-31',
		becomes: '2016-06-01..2016-05-31',
		says: 'units.csv:3:7 active: “2016-06-01..2016-05-31” is not a period such as 2001-01-01..2016-05-31'
	},
	{
		title: 'a unit that stands twice',
		file: 'units.csv',
		was: 'south,',
		becomes: 'north,',
		says: 'units.csv:3:1 unit north stands twice'
	},
	{
		title: 'a row with too few fields',
		file: 'units.csv',
		was: ',1500,2000-01-01..,',
		becomes: ',1500,2000-01-01..',
		says: 'units.csv:2:1 7 fields, the header has 8'
	},
	{
		title: 'reference births of an unknown unit',
		file: 'reference-births.csv',
		was: ',2019',
		becomes: 'east,2019',
		says: 'reference-births.csv:2:1 units.csv has no unit east'
	},
	{
		title: 'a profile that leads to no variable',
		file: 'profiles/their.yaml',
		was: 'datum: FDAT',
		becomes: 'datum: DATUM',
		says: 'profiles/their.yaml:4:10 datum: no variable is called DATUM'
	},
	{
		title: 'a profile that leads to no code',
		file: 'profiles/their.yaml',
		was: "F: '2'",
		becomes: "F: '3'",
		says: 'profiles/their.yaml:7:25 sex: KON has no code 3'
	}
];

test.for(wrong)('$title is a fault with file, line and column', ({ file, was, becomes, says }) => {
	const faults = faultsAfter(file, was, becomes);
	expect(new DefinitionError(faults).message.split('\n')[0]).toBe(says);
});

test('a broken catalogue file is the only fault: the names that it should hold are none', () => {
	expect(faultsAfter('catalogue/b.yaml', 'level: birth', 'level: child')).toHaveLength(1);
});

test('a wrong header is said once, not for every unit', () => {
	expect(faultsAfter('units.csv', 'births_per_year', 'births').map((f) => `${f.line} ${f.message}`)).toEqual([
		'1 the column births_per_year is missing',
		'1 there should be no column births'
	]);
});

test('a file that is missing is a fault of its own', () => {
	const { 'units.csv': _, ...rest } = smallRegister;
	expect(faultsOf(rest)).toEqual([{ file: 'units.csv', line: 1, column: 1, message: 'the file is missing' }]);
});

test('all faults of all files are said at once', () => {
	const faults = faultsOf({
		...smallRegister,
		'catalogue/b.yaml': smallRegister['catalogue/b.yaml'].replace('type: date', 'type: day'),
		'units.csv': smallRegister['units.csv'].replace('3300', 'many')
	});
	expect(faults.map((f) => f.file)).toEqual(['units.csv', 'catalogue/b.yaml']);
});
