const swedish = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Stockholm',
	dateStyle: 'short',
	timeStyle: 'medium'
});

/** The local time in Sweden of a moment in milliseconds since 1970: `YYYY-MM-DD HH:MM:SS`. */
export const swedishTime = (instant: number): string => swedish.format(instant);
