import type { View } from '#lib/period/view.ts';
import { emptyRegister, handIn } from '../register/empty-register.ts';

const variables = 'MPNR MVCNR BFODDAT BORDF2 BORDNRF2 DODFOD KON BPNR MLANGD ROK0 MVIKT ANTBMB DAGAR'.split(
	' '
);

export const clinicView: View = {
	period: { from: '2026-01', to: '2026-06' },
	asOf: '2026-09-01',
	years: 3,
	basis: 'sameDay'
};

/** A row of the sample: the unit's reference, day, clinic as it is written, height, weight, visits. */
type Written = [
	reference: string,
	day: string,
	clinic: string,
	height: string,
	weight: string,
	visits: string
];

const header = 'REF;BFODDAT;BORDNRF2;MVCNR;MLANGD;MVIKT;ANTBMB';

/** Other clinics, each with as many births as a month has days to 10, of which more and more lack the height. */
export const others = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6'];

/**
 * A small register of antenatal clinics. `a-7` has 24 births of 2026 in two units, written in three ways; two of its
 * mothers lack a height, one has an impossible one, and three lack MHV2. `B8` has four births. One mother has no
 * number, three have one that is none.
 */
export async function clinicRegister() {
	const made = await emptyRegister('data/mfr', variables);
	const { unitById } = made.register.definition;
	const send = async (id: string, rows: Written[], receivedAt: string) => {
		const unit = unitById.get(id);
		if (!unit) throw new Error(`The definition has no unit ${id}.`);
		const lines = rows.map(([reference, day, ...cells]) => [reference, day, '1', ...cells].join(';'));
		await handIn(made.register, [header, ...lines].join('\n'), { unit, receivedAt, fileName: `${id}.csv` });
	};
	await send('sodersjukhuset', [...years('S'), ...ownAtFirst(), ...otherClinics()], '2026-08-01');
	await send('danderyd', [...ownAtSecond(), ...small(), ...without()], '2026-08-02');
	// a correction after the day from which we look: the mother of s1 had another clinic
	await send('sodersjukhuset', [['s1', '2026-01-01', 'B8', '170', '70', '9']], '2026-10-01');
	return made;
}

const pad = (n: number) => String(n).padStart(2, '0');

/** Eighteen births of 2026 at the first unit, three a month. */
const ownAtFirst = () =>
	Array.from({ length: 18 }, (_, n): Written => [
		`s${n + 1}`,
		`2026-${pad(1 + (n % 6))}-01`,
		[' a-7', 'A-7', 'a- 7'][n % 3] ?? '',
		n < 2 ? '' : n === 2 ? '17' : '170',
		'70',
		n >= 15 ? '' : '9'
	]);

/** Six at the second. */
const ownAtSecond = () =>
	Array.from({ length: 6 }, (_, n): Written => [`d${n}`, `2026-0${n + 1}-02`, 'A-7', '168', '66', '8']);

/** Its births of three years before, all with a height: ten in each of the same months. */
const years = (reference: string) =>
	[2023, 2024, 2025].flatMap((year) =>
		Array.from({ length: 60 }, (_, n): Written => [
			`${reference}${year}-${n}`,
			`${year}-${pad(1 + (n % 6))}-${pad(1 + Math.floor(n / 6))}`,
			'A-7',
			'169',
			'71',
			'9'
		])
	);

const small = () =>
	Array.from({ length: 4 }, (_, n): Written => [`b${n}`, `2026-0${n + 1}-03`, 'B8', '', '', '']);

const without = () =>
	['', 'okänd', '0000', 'A7, A8'].map((clinic, n): Written => [
		`w${n}`,
		`2026-02-0${4 + n}`,
		clinic,
		'165',
		'60',
		'9'
	]);

const otherClinics = () =>
	others.flatMap((clinic, place) =>
		Array.from({ length: 20 }, (_, n): Written => [
			`${clinic}-${n}`,
			`2026-${pad(1 + (n % 6))}-1${n % 10}`,
			clinic,
			n < 2 * place ? '' : '171',
			'72',
			'9'
		])
	);
