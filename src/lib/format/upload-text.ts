import type { Locale } from '#lib/catalogue/text.ts';
import { m } from '#lib/paraglide/messages.js';
import type { UploadProgress } from '#lib/submission/upload-progress.ts';
import { formatBytes } from './bytes.ts';
import { formatShare } from './numbers.ts';

/** How far an upload has come: "48 % · 12,1 MB av 25,0 MB, ungefär 20 sekunder kvar". */
export function uploadText({ share, bytes, total, secondsLeft }: UploadProgress, locale: Locale): string {
	const done = m.submission_progress(
		{
			share: formatShare(share, locale, 0),
			bytes: formatBytes(bytes, locale),
			total: formatBytes(total, locale)
		},
		{ locale }
	);
	return secondsLeft === null || share === 1 ? done : `${done}, ${timeLeft(secondsLeft, locale)}`;
}

/** Seconds in steps of five under a minute, then whole minutes: a finer number would only flicker. */
function timeLeft(seconds: number, locale: Locale): string {
	if (seconds > 55) return m.submission_left_minutes({ minutes: Math.round(seconds / 60) }, { locale });
	return m.submission_left_seconds({ seconds: Math.max(5, Math.ceil(seconds / 5) * 5) }, { locale });
}
