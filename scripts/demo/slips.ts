import { withWrongDigit } from './identity.ts';
import type { Random } from './random.ts';
import type { Value, Values } from './values.ts';

type Slip = { variable: string; share: number; wrong: (value: string & number) => Value };

const slip = (variable: string, share: number, wrong: Slip['wrong']): Slip => ({ variable, share, wrong });
const forgotten = (variable: string) => slip(variable, 0.0006, () => undefined);

/** What goes wrong at any desk, as shares of births: slips of the hand, codes that only one system knows, blanks filled in later. */
const slips: readonly Slip[] = [
	slip('BVIKT', 0.0003, (grams) => Math.round(grams / 100)),
	slip('BVIKT', 0.0001, (grams) => grams * 10),
	slip('BVIKT', 0.0001, () => 7450),
	slip('BLANGDF2', 0.0003, (cm) => cm * 10),
	slip('BLANGDF2', 0.0002, () => 68),
	slip('HOMF', 0.0005, (cm) => Math.round(cm * 10)),
	slip('APGAR1', 0.0004, () => 99),
	slip('APGAR10', 0.0004, () => 99),
	slip('NAVPHA', 0.0004, (ph) => Math.round(ph * 100)),
	slip('MLANGD', 0.0005, (cm) => cm - 100),
	slip('MLANGD', 0.0002, (cm) => cm - 50),
	slip('MVIKT', 0.0002, () => 215),
	slip('INDATMHV', 0.0004, (day) => day + 365),
	slip('SISTMENS', 0.0003, (day) => day - 365),
	slip('SISTMHV', 0.0015, (day) => day + 60),
	slip('INKDAT', 0.0003, (minute) => minute + 365 * 1440),
	slip('GRVFV', 0.0002, (weeks) => weeks % 10),
	slip('KON', 0.0002, () => '9'),
	slip('ROK1', 0.0008, () => '9'),
	slip('FAMSIT', 0.0006, () => '4'),
	slip('LMINS', 0.004, () => 'Levaxin'),
	slip('BLODML', 0.0003, (ml) => Math.min(19_000, ml * 25)),
	slip('ANTBMB', 0.0003, (visits) => visits + 50),
	slip('MPNR', 0.0015, withWrongDigit),
	slip('BPNR', 0.0005, withWrongDigit),
	slip('BFODDAT', 0.00015, () => '20261345'),
	...['BLODML', 'NAVPHA', 'UTDATM', 'UPPFOD', 'BDIAG1', 'MDIAG1', 'BRISTGR'].map(forgotten)
];
const all = slips.reduce((sum, { share }) => sum + share, 0);

/**
 * Now and then (`times` as often as usual) a birth with one thing wrong; undefined where all is as meant.
 */
export function withSlip(values: Values, times: number, random: Random): Values | undefined {
	let left = random.next();
	if (left >= all * times) return undefined;
	left /= times;
	for (const { variable, share, wrong } of slips) {
		left -= share;
		if (left >= 0) continue;
		const value = values[variable];
		// each slip is written for what its variable holds
		return value === undefined ? undefined : { ...values, [variable]: wrong(value as string & number) };
	}
	return undefined;
}
