import { flagGroups } from '#lib/measures/flag-group.ts';

/**
 * Which flags the list of units to call shows, as the address says it. Those that are acknowledged rest: they
 * are shown when asked for.
 */
export const shownFlags = ['all', ...flagGroups, 'new', 'acknowledged'] as const;
export type ShownFlags = (typeof shownFlags)[number];
