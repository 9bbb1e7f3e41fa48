import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wholeNation } from '#lib/access/scope.ts';
import { flagSentence } from '#lib/format/flag-sentence.ts';
import type { Flag } from '#lib/measures/flag.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { flagsOf } from '#lib/server/figures/flags.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import { demo } from '../../scripts/demo/country.ts';
import { demoFaults } from '../../scripts/demo/faults.ts';
import { handIn } from '../../scripts/demo/hand-in.ts';

const today = '2026-11-23';
const view = { period: { from: '2026-01', to: '2026-09' }, asOf: today, years: 3, basis: 'sameDay' } as const;
const units = [...new Set(demoFaults(today).map(({ unit }) => unit))];
const folder = mkdtempSync(join(tmpdir(), 'demo-'));
let register: Register;
let flags: Flag[];

/** The demo's own faults in the units that have them, at half their births and with one year before. */
beforeAll(async () => {
	const definition = await loadDefinition('data/mfr');
	register = await openRegister(folder, definition);
	const made = demo(definition, { seed: 1, today, units, years: 1, scale: 0.5 });
	const files = handIn(register, made.files());
	while (!(await files.next()).done);
	flags = await flagsOf(wholeNation, register, view);
}, 120_000);

afterAll(() => {
	register.db.close();
	rmSync(folder, { recursive: true });
});

const said = (unit: string) =>
	flags
		.filter((flag) => flag.unit === unit)
		.map((flag) =>
			flagSentence(flag, { definition: register.definition, view, locale: 'sv' }).replace(
				/[\u00a0\u202f]/g,
				' '
			)
		);

test.for([
	['sodersjukhuset', /^Apgar vid 5 minuter saknas för nästan alla barn sedan 12 april; dessförinnan/],
	['orebro', /^Moderns vikt vid inskrivning saknas för nästan alla mödrar sedan (9|10|11|12) augusti/],
	['falun', /^Lustgas kryssas nästan aldrig/],
	['huddinge', /^Rökning i vecka 30–32 har sjunkit till .* % sedan .* från .* dessförinnan$/],
	['gavle', /^Formuläret MHV2 .* saknas för nästan alla mödrar sedan (1 april|31 mars|[2-5] april), 9/],
	['vasteras', /^Uppfödning vid utskrivning/],
	['lund', /^Fosterbjudning anges som ”Framstupa/],
	['sunderby', /^Födelsevikt anges ovanligt ofta i jämna tiotal/],
	['karlstad', /^Födelsevikt har .*värden som inte är tillåtna/],
	['ystad', /^Moderns längd har .*värden som inte är tillåtna/],
	['malmo', /^Moderns personnummer har .*värden som inte är tillåtna/],
	['eskilstuna', /^Juli är inte rapporterad/],
	['gallivare', /^Juli–september är inte rapporterade/],
	['norrkoping', /^Färre födslar än väntat/],
	['helsingborg', /^Bara .* kom in inom en månad$/]
] as const)('what is wrong in %s on purpose is flagged in a sentence', ([unit, sentence]) => {
	expect(said(unit)).toContainEqual(expect.stringMatching(sentence));
});

test('what was mended, sent again, closed or paused is no flag, and hardly anything else is told', () => {
	for (const unit of ['skovde', 'jonkoping', 'solleftea', 'lycksele']) expect(said(unit)).toEqual([]);
	// one of each of the fifteen units and what goes with it; the others of the country send nothing here
	expect(flags.filter(({ unit }) => units.includes(unit)).length).toBeLessThanOrEqual(22);
});
