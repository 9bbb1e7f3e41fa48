import type { Unit } from '#lib/catalogue/unit.ts';
import { weighted, type Random } from './random.ts';

/** How a unit's system writes its files. */
export type FileForm = {
	delimiter: ';' | ',' | '\t';
	encoding: 'utf-8' | 'utf-8 with BOM' | 'windows-1252';
	newline: '\n' | '\r\n';
	decimalComma: boolean;
	/** 20260412 instead of 2026-04-12. */
	compactDays: boolean;
	/** 198804121234, 19880412-1234 or 880412-1234. */
	identity: 'plain' | 'dashed' | 'short';
	lowerCase: boolean;
	/** A column of the unit's own that the register does not know. */
	ownColumn: boolean;
	fileName: (period: string) => string;
};

const delimiters = weighted<FileForm['delimiter']>([';', 0.66], [',', 0.17], ['\t', 0.17]);
const encodings = weighted<FileForm['encoding']>(
	['utf-8', 0.55],
	['utf-8 with BOM', 0.2],
	['windows-1252', 0.25]
);
const identities = weighted<FileForm['identity']>(['plain', 0.6], ['dashed', 0.25], ['short', 0.15]);

/** A form of file for a unit; its file names carry the period as its system writes it. */
export function fileForm(unit: Unit, random: Random): FileForm {
	const delimiter = delimiters(random);
	const names: [FileForm['fileName'], ...FileForm['fileName'][]] = [
		(period) => `MFR_${unit.id}_${period}.csv`,
		(period) => `mfr-${period}-${unit.id}.csv`,
		(period) => `${unit.code || unit.id}_${period.replace('-', '')}.txt`
	];
	return {
		delimiter,
		encoding: encodings(random),
		newline: random.chance(0.4) ? '\r\n' : '\n',
		decimalComma: delimiter !== ',' && random.chance(0.6),
		compactDays: random.chance(0.3),
		identity: identities(random),
		lowerCase: random.chance(0.15),
		ownColumn: random.chance(0.06),
		fileName: random.anyOf(names)
	};
}
