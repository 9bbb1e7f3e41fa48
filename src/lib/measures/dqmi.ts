/**
 * One variable as the maturity index counts it: `valid` is valid and complete, `defaults` the codes that say
 * nothing of the birth, `threshold` the share of births for which such a code may be true, `coverage` the
 * share of the period for which data was sent.
 */
export type MaturityVariable = {
	records: number;
	valid: number;
	defaults: number;
	threshold: number;
	coverage: number;
};

/** The share of births with a value to trust: valid, less the defaults beyond what can be true. */
export function maturityScore({ records, valid, defaults, threshold }: MaturityVariable): number {
	const excess = Math.max(0, defaults - threshold * records);
	return (valid - excess) / records;
}

/**
 * The data quality maturity, 0–1, of the variables for which anything was sent: their mean score times their
 * mean coverage. Null when nothing was sent.
 * Source: NHS Digital, Data Quality Maturity Index (DQMI) methodology.
 */
export function maturity(variables: readonly MaturityVariable[]): number | null {
	const sent = variables.filter(({ records }) => records > 0);
	if (sent.length === 0) return null;
	const score = sent.reduce((sum, variable) => sum + maturityScore(variable), 0) / sent.length;
	const coverage = sent.reduce((sum, variable) => sum + variable.coverage, 0) / sent.length;
	return score * coverage;
}
