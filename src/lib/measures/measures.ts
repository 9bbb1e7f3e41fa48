/** How a share is made of counts, and when it is good. */
export type Measure = {
	/** The name of the count that is divided, and of the count that it is divided by. */
	numerator: string;
	denominator: string;
	/** Which way is good; null for a measure that only describes. */
	better: 'higher' | 'lower' | null;
	/** The share from which (or down to which) the measure is met; null when nothing is demanded. */
	target: number | null;
	/** Under this denominator the share says nothing: `tooFew`. */
	minDenominator: number;
	/** Whether the share has a Wilson interval: not when the numerator is no part of the denominator. */
	interval: boolean;
};

const minDenominator = 10;

/** Every measure that is a share. Volume is none; see volume.ts. */
export const measures = {
	/** Of the births to which the variable applies, those where it is written and permitted. */
	completeness: {
		numerator: 'nRecorded',
		denominator: 'nApplicable',
		better: 'higher',
		target: 0.95,
		minDenominator,
		interval: true
	},
	/** … those with a code for "asked, not known". */
	unknown: {
		numerator: 'nUnknown',
		denominator: 'nApplicable',
		better: 'lower',
		target: null,
		minDenominator,
		interval: true
	},
	/** … those where nothing is written. */
	blank: {
		numerator: 'nBlank',
		denominator: 'nApplicable',
		better: 'lower',
		target: null,
		minDenominator,
		interval: true
	},
	/** … those where something is written that is not permitted. */
	invalid: {
		numerator: 'nInvalid',
		denominator: 'nApplicable',
		better: 'lower',
		target: null,
		minDenominator,
		interval: true
	},
	/** Of the recorded values, those outside the soft limits. */
	implausible: {
		numerator: 'nImplausible',
		denominator: 'nRecorded',
		better: 'lower',
		target: null,
		minDenominator,
		interval: true
	},
	/** Of the births that should have a form, those that have none. */
	formMissing: {
		numerator: 'nMissing',
		denominator: 'nApplicable',
		better: 'lower',
		target: 0.05,
		minDenominator,
		interval: true
	},
	/** Of the births due, those first received within one month of birth. */
	timeliness: {
		numerator: 'onTime',
		denominator: 'birthsDue',
		better: 'higher',
		target: 0.95,
		minDenominator,
		interval: true
	},
	/** Births here against births in the reference. May exceed 1 and is never clipped. */
	coverage: {
		numerator: 'births',
		denominator: 'referenceBirths',
		better: 'higher',
		target: 0.95,
		minDenominator,
		interval: false
	},
	/** Of the births to which a tick box applies, those where it is ticked. */
	prevalence: {
		numerator: 'n',
		denominator: 'nApplicable',
		better: null,
		target: null,
		minDenominator,
		interval: true
	},
	/** Of the persons who should have an identity number, those with a valid one. */
	identityValid: {
		numerator: 'nValid',
		denominator: 'nApplicable',
		better: 'higher',
		target: 0.95,
		minDenominator,
		interval: true
	}
} as const satisfies Record<string, Measure>;

export type MeasureId = keyof typeof measures;

export const measureIds = Object.keys(measures) as MeasureId[];

/** The counts that a measure is made of, by name. */
export type CountsOf<Id extends MeasureId> = Record<
	(typeof measures)[Id]['numerator'] | (typeof measures)[Id]['denominator'],
	number
>;
