import { flagGroups } from '#lib/measures/flag-group.ts';

/** Which flags the list of units to call shows, as the address says it. */
export const shownFlags = ['all', ...flagGroups, 'new'] as const;
export type ShownFlags = (typeof shownFlags)[number];
