import { formatChange } from './numbers.ts';
import { monthsText, type FlagContext } from './flag-sentence.ts';
import { capitalised } from './sentence.ts';
import { m } from '#lib/paraglide/messages.js';
import { yearOf } from '#lib/period/birth-month.ts';
import type { Flag } from '#lib/measures/flag.ts';
import type { Volume } from '#lib/measures/volume.ts';

/** What the picture of a unit's volume shows, as its title: the months without births first, then the amount. */
export function volumeTitle(
	{ volume, flags }: { volume: { volume: Volume } | null; flags: readonly Flag[] },
	context: FlagContext
): string {
	const { locale, view } = context;
	const silent = flags.find((f) => f.kind === 'notReported');
	if (silent) {
		const months = capitalised(monthsText(silent.months, context));
		return m.unit_volume_silent({ count: silent.months.length, months }, { locale });
	}
	const found = volume?.volume;
	const change = found?.difference ? formatChange(found.difference, locale, 0) : '';
	if (found?.status === 'within') return m.unit_volume_within({}, { locale });
	if (found?.status === 'low') return m.unit_volume_low({ change }, { locale });
	if (found?.status === 'high') return m.unit_volume_high({ change }, { locale });
	return m.unit_volume_plain({ year: yearOf(view.period.to) }, { locale });
}
