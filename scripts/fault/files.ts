import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Unit } from '#lib/catalogue/unit.ts';
import type { Sender } from '#lib/submission/sender.ts';
import { loadDefinition } from '#lib/server/definition/load.ts';
import { Random } from '../demo/random.ts';

const few = 'MPNR MIDTYP BPNR BFODDAT BORDF2 BORDNRF2 DODFOD KON BVIKT APGAR5 YRKE'.split(' ');

/** The birth register with a few of its variables, which makes its statements short. */
export async function smallDefinition(): Promise<Definition> {
	const whole = await loadDefinition('data/mfr');
	const variables = whole.variables.filter(({ id }) => few.includes(id));
	return { ...whole, variables, byId: new Map(variables.map((v) => [v.id, v])) };
}

export const sender: Sender = {
	unit: 'Förlossningen',
	organisation: 'Region Prov',
	address: 'Provgatan 1, 123 45 Prov',
	telephone: '08-123 45 67',
	email: 'prov@example.org',
	name: 'Prov Person'
};

/** How every file begins: where this stands readable on the disk, an original lies open. */
export const header = 'REF;BFODDAT;BVIKT;KON;APGAR5;YRKE';

const units = ['sodersjukhuset', 'danderyd', 'kalmar', 'lycksele', 'malmo'];

export type FaultFile = { unit: Unit; receivedAt: string; bytes: Buffer };

/** The file with a number of a round: new births, corrections of earlier ones, now and then one that is refused. */
export function fileOf(d: Definition, seed: number, n: number): FaultFile {
	const random = new Random('file', seed, n);
	const unit = d.unitById.get(units[n % units.length] as string);
	if (!unit) throw new Error(`The definition has no unit ${units[n % units.length]}.`);
	const rows = Array.from({ length: random.whole(1, 40) }, () => {
		const births = random.whole(1, 200 + 20 * n);
		const day = `2026-${String(1 + (births % 6)).padStart(2, '0')}-${String(1 + (births % 28)).padStart(2, '0')}`;
		const weight = random.chance(0.1) ? '' : random.whole(400, 6000);
		return `${births};${day};${weight};${random.whole(1, 3)};${random.whole(0, 10)};kock ${seed}`;
	});
	if (random.chance(0.1)) rows.push('one field only');
	const day = String(1 + Math.min(27, Math.floor(n / 10))).padStart(2, '0');
	return {
		unit,
		receivedAt: `2026-08-${day} 12:00:00`,
		bytes: Buffer.from(`${[header, ...rows].join('\n')}\n`)
	};
}
