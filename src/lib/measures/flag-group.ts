import type { Flag, FlagKind } from './flag.ts';

/** Flags by what is to be done about them: births to send, forms, values to fill in or to correct, delays. */
export const flagGroups = ['births', 'forms', 'values', 'wrong', 'late'] as const;
export type FlagGroup = (typeof flagGroups)[number];

const groups: Record<FlagKind, FlagGroup> = {
	notReported: 'births',
	volumeLow: 'births',
	volumeHigh: 'births',
	formMissing: 'forms',
	stopped: 'values',
	dropped: 'values',
	low: 'values',
	invalid: 'wrong',
	implausible: 'wrong',
	odd: 'wrong',
	late: 'late'
};

export const groupOf = ({ kind }: Pick<Flag, 'kind'>): FlagGroup => groups[kind];
