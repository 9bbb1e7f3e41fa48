/**
 * Whose exact figures a person may see. Every question to the figures takes one first, so that none can
 * be asked without.
 */
export type Scope = Readonly<{ units: 'all' | ReadonlySet<string> }>;

/** The register's own people: every unit. */
export const wholeNation: Scope = { units: 'all' };

/** Whether the person may see this unit's exact figures. */
export const maySee = (scope: Scope, unit: string) => scope.units === 'all' || scope.units.has(unit);
