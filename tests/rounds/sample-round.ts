import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { handIn, onlyWith } from '../register/empty-register.ts';

/** Units that report, of the ten that the small country has. */
const reporting = ['sodersjukhuset', 'danderyd', 'huddinge', 'karlstad', 'gavle', 'eskilstuna'];
/** A unit that paused, one that is closed, one that closed in the period, and one that opened in it. */
const others = ['lycksele', 'solleftea', 'norrkoping', 'ystad'];
const variables = 'BFODDAT BORDF2 BORDNRF2 DODFOD KON BVIKT APGAR5 HOMF BPNR MPNR DAGAR'.split(' ');

/** The round of the sample: January to June 2026, as it stands after the first of September. */
export const round = '2026-09';
export const today = '2026-09-02';

/** A definition with few units and variables, so that a round of it is made in a second or two. */
export async function smallDefinition(): Promise<Definition> {
	const whole = onlyWith(await loadDefinition('data/mfr'), variables);
	const units = whole.units.flatMap((unit) => {
		if (unit.id === 'ystad') return [{ ...unit, active: [{ from: '2026-04-15' }] }];
		if (unit.id === 'norrkoping') return [{ ...unit, active: [{ from: '1990-01-01', to: '2026-02-28' }] }];
		return [...reporting, ...others].includes(unit.id) ? [unit] : [];
	});
	return { ...whole, units, unitById: new Map(units.map((unit) => [unit.id, unit])) };
}

/** Half a year of births; without Apgar from 13 April 2026 on where it is faulty. */
export function fileOf(year: number, monthly: number, faulty = false): string {
	const lines = ['REF;BFODDAT;KON;BVIKT;APGAR5;HOMF'];
	for (let month = 1; month <= 6; month++)
		for (let n = 0; n < monthly; n++) {
			const day = `${year}-0${month}-${String(n + 1).padStart(2, '0')}`;
			const apgar = (faulty && day >= '2026-04-13') || n % 10 === 9 ? '' : '9';
			lines.push(
				[`${year}-${month}-${n}`, day, 1 + (n % 2), 3000 + 10 * n, apgar, n === 0 ? 1 : ''].join(';')
			);
		}
	return lines.join('\n');
}

/** Hands a unit's file in. */
export async function send(register: Register, id: string, file: string, receivedAt: string): Promise<void> {
	const unit = register.definition.unitById.get(id);
	if (!unit) throw new Error(`The definition has no unit ${id}.`);
	await handIn(register, file, { unit, receivedAt, fileName: `${id}-${receivedAt}.csv` });
}

/** The rows of a file whose births lie between two days. */
const between = (file: string, from: string, to: string) =>
	file
		.split('\n')
		.filter(
			(line, at) =>
				at === 0 || (line.slice(line.indexOf(';') + 1) >= from && line.slice(line.indexOf(';') + 1) < to)
		)
		.join('\n');

/**
 * Hands in what the small country has sent by the cut-off of the round: four years, a file a year and unit; and what
 * came of the unit that opened in the period and of the one that closed in it.
 */
export async function fill(register: Register): Promise<void> {
	for (const year of [2023, 2024, 2025, 2026])
		for (const [place, id] of reporting.entries())
			await send(register, id, fileOf(year, 18 + place, id === 'sodersjukhuset'), `${year}-08-0${place + 1}`);
	await send(register, 'ystad', between(fileOf(2026, 20), '2026-04-15', '2026-07'), '2026-08-10');
	await send(register, 'norrkoping', between(fileOf(2026, 20), '2026-01', '2026-03'), '2026-08-10');
}

/** A data folder with the small country's register on disk; `remove` closes it and takes the folder away. */
export async function sampleCountry() {
	const folder = await mkdtemp(join(tmpdir(), 'round-'));
	const definition = await smallDefinition();
	const register = await openRegister(folder, definition);
	await fill(register);
	const remove = async (opened: Register = register) => {
		await opened.db.settle();
		opened.db.close();
		await rm(folder, { recursive: true });
	};
	return { folder, definition, register, remove };
}
