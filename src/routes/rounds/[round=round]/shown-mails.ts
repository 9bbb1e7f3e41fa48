import type { Definition } from '#lib/catalogue/catalogue.ts';
import type { Locale } from '#lib/catalogue/text.ts';
import { swedishTime } from '#lib/format/swedish-time.ts';
import { faultText } from '#lib/server/rounds/mail-fault.ts';
import { mailStates, type Mail, type MailState } from '#lib/server/rounds/outbox.ts';

/** A mail as the page of its round shows it; `fault` is a sentence, `sentAt` and `nextAt` are local times. */
export type ShownMail = Pick<
	Mail,
	'key' | 'kind' | 'edition' | 'unit' | 'contact' | 'email' | 'name' | 'locale' | 'state' | 'attempts'
> & { unitName: string; fault: string | null; sentAt: string | null; nextAt: string | null };

export type ShownMails = {
	all: ShownMail[];
	/** How many there are in each state that there are any in. */
	counts: { state: MailState; count: number }[];
	/** What a person has to decide or to look into. */
	troubled: ShownMail[];
	waiting: number;
	sent: number;
};

const troubles: readonly MailState[] = ['doubtful', 'bounced', 'failed'];

/** The mails of a round, those that need somebody first among the troubled. */
export function shownMails(mails: readonly Mail[], { unitById }: Definition, locale: Locale): ShownMails {
	const all = mails.map((mail): ShownMail => ({
		...mail,
		unitName: unitById.get(mail.unit)?.name ?? mail.unit,
		fault: mail.fault === null ? null : faultText(mail.fault, locale),
		sentAt: mail.sentAt === null ? null : swedishTime(mail.sentAt),
		nextAt: mail.nextAt === null ? null : swedishTime(mail.nextAt)
	}));
	const inState = (state: MailState) => all.filter((mail) => mail.state === state);
	return {
		all,
		counts: mailStates
			.map((state) => ({ state, count: inState(state).length }))
			.filter(({ count }) => count > 0),
		troubled: troubles.flatMap(inState),
		waiting: inState('queued').length + inState('sending').length,
		sent: inState('sent').length
	};
}
