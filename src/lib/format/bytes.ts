import type { Locale } from '#lib/catalogue/text.ts';
import { formatNumber } from './numbers.ts';

const names = ['byte', 'kB', 'MB', 'GB'];

/** A size in thousands: "812 byte", "1,4 MB". */
export function formatBytes(bytes: number, locale: Locale): string {
	let size = bytes;
	let at = 0;
	while (size >= 999.5 && at < names.length - 1) {
		size /= 1000;
		at++;
	}
	const name = at === 0 && locale === 'en' && bytes !== 1 ? 'bytes' : names[at];
	return `${formatNumber(size, locale, at === 0 || size >= 99.5 ? 0 : 1)}\u00a0${name}`;
}
