import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const report = (...args: string[]) => {
	const { status, stderr } = spawnSync(process.execPath, ['scripts/report.ts', ...args], {
		encoding: 'utf8'
	});
	return { status, stderr };
};
const asked = [
	'unit-feedback',
	'--period',
	'2026-01..2026-09',
	'--out',
	'nowhere.pdf',
	'--data',
	'no-such-folder'
];

test.for<[what: string, args: string[], message: string]>([
	['no notebook', [], 'npm run report'],
	[
		'a notebook that there is not',
		['unit-fedback', ...asked.slice(1), '--unit', 'danderyd'],
		'no notebook unit-fedback'
	],
	['a period that is none', ['unit-feedback', '--period', '2026-13', '--unit', 'danderyd'], 'not “2026-13”'],
	['a day that is none', [...asked, '--unit', 'danderyd', '--as-of', '2026-02-30'], 'not “2026-02-30”'],
	['a unit that there is not', [...asked, '--unit', 'atlantis'], 'called “atlantis”'],
	['neither a unit nor all', asked, '--unit UNIT or --all'],
	['neither a clinic nor all', ['clinic-feedback', ...asked.slice(1)], '--clinic NUMBER or --all'],
	['a format that there is not', [...asked, '--unit', 'danderyd', '--format', 'doc'], 'pdf or xlsx or html'],
	['an option that there is not', [...asked, '--colour', 'red'], 'colour'],
	['a setting that is none', [...asked, '--set', 'unit'], '--set is name=value'],
	['all of what is asked by its parameters', [...asked, '--all', '--set', 'unit=danderyd'], '--all is for'],
	['a version of what has none', [...asked, '--version', '2'], 'no version 2 of unit-feedback'],
	['a version that is no number', [...asked, '--version', 'x'], '--version is a number'],
	['a folder without a register', [...asked, '--unit', 'danderyd'], 'no register in no-such-folder']
])('%s is said in one sentence, and nothing is written', ([, args, message]) => {
	const { status, stderr } = report(...args);
	expect(status).toBe(1);
	expect(stderr).toContain(message);
	expect(stderr).not.toMatch(/\n\s+at /);
});
