/** The evening on which the sample's rounds are held. */
export const evening = Date.parse('2026-09-02T20:00:00Z');
