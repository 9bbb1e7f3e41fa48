import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';

/** How long somebody has to wait, from whole seconds: "40 sekunder", from a minute and a half on "3 minuter". */
export function waitText(seconds: number, locale: Locale): string {
	return seconds < 90
		? m.sign_wait_seconds({ count: Math.max(1, seconds) }, { locale })
		: m.sign_wait_minutes({ count: Math.ceil(seconds / 60) }, { locale });
}
