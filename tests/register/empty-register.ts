import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Profile } from '#lib/catalogue/profile.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { Receipt } from '#lib/submission/receipt.ts';
import type { Sender } from '#lib/submission/sender.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { openRegister, type Register } from '#lib/server/register/open.ts';
import { storeOriginal } from '#lib/server/register/original.ts';
import { receive } from '#lib/server/register/receive.ts';

export const sender: Sender = {
	unit: 'Förlossningen',
	organisation: 'Region Prov',
	address: 'Provgatan 1, 123 45 Prov',
	telephone: '08-123 45 67',
	email: 'prov@example.org',
	name: 'Prov Person'
};

/**
 * An empty register in memory, with a data folder of its own; `remove` closes it and takes the folder away.
 * With `variables` it knows only these, which makes its statements short.
 */
export async function emptyRegister(of: string | Definition = 'data/mfr', variables?: readonly string[]) {
	const whole = typeof of === 'string' ? await loadDefinition(of) : of;
	const definition = variables ? onlyWith(whole, variables) : whole;
	const folder = await mkdtemp(join(tmpdir(), 'register-'));
	const register = await openRegister(folder, definition, { fileName: null });
	const remove = async () => {
		// a test that ran out of time may still be handing in
		await register.db.settle();
		register.db.close();
		await rm(folder, { recursive: true });
	};
	return { register, folder, remove };
}

/** A definition with some of its variables. */
export function onlyWith(d: Definition, ids: readonly string[]): Definition {
	const variables = d.variables.filter((v) => ids.includes(v.id));
	return { ...d, variables, byId: new Map(variables.map((v) => [v.id, v])) };
}

/** Variables of the birth register of every type, in every role. */
export const someVariables =
	'MPNR MIDTYP YRKE INKDAT BORDF2 MDIAG1 BPNR BFODDAT BORDNRF2 DODFOD KON BVIKT HOMF APGAR5 NAVPHA BUTDAT UPPFOD DAGAR'.split(
		' '
	);

type HandedIn = { unit: Unit; receivedAt?: string; fileName?: string; profile?: Profile | undefined };

/** Hands a file in, as the page and the command do. */
export async function handIn(
	register: Register,
	file: string | Uint8Array,
	{ unit, receivedAt = '2026-02-01', fileName = 'submission.csv', profile }: HandedIn
): Promise<Receipt> {
	const original = await storeOriginal(register.folder, Readable.from([Buffer.from(file)]));
	return receive(register, {
		original,
		fileName,
		unit,
		sender,
		profile,
		receivedAt: receivedAt.length === 10 ? `${receivedAt} 12:00:00` : receivedAt
	});
}

/** A unit of the definition under another name, so that tests beside each other in one register do not meet. */
export function unitLike(register: Register, id: string, like = 'sodersjukhuset'): Unit {
	const unit = register.definition.unitById.get(like);
	if (!unit) throw new Error(`The definition has no unit ${like}.`);
	return { ...unit, id };
}
