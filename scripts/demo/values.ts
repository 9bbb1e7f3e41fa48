/**
 * A value before it is written: text and codes as text, numbers as numbers, a day as its number, a time
 * as minutes since 1970, several classification codes with a space between. `undefined` is a blank.
 */
export type Value = string | number | undefined;

/** The column of the unit's own reference to a birth. */
export const reference = 'REF';

/** The values of one birth by variable, and its reference. */
export type Values = Record<string, Value>;
