/**
 * The tables of contacts, mails, receipts and the plan in rounds.sqlite. Moments are milliseconds since 1970. A mail is
 * told apart by its key, which is its round, edition and recipient: so there is one of each, whatever happens.
 */
export const dispatchTables = `
create table if not exists contact (
	unit text not null,
	number integer not null check (number > 0),
	name text not null,
	email text not null,
	locale text not null check (locale in ('sv', 'en')),
	since integer not null,
	ended_at integer,
	primary key (unit, number)
) strict;
create trigger if not exists contact_stays before delete on contact begin
	select raise(abort, 'the number of a contact is never used again');
end;

create table if not exists mail (
	key text primary key,
	kind text not null check (kind in ('report', 'reminder', 'release')),
	round text not null,
	edition integer not null,
	unit text not null,
	contact integer not null,
	email text not null,
	name text not null,
	locale text not null check (locale in ('sv', 'en')),
	state text not null
		check (state in ('queued', 'sending', 'sent', 'failed', 'bounced', 'doubtful', 'dropped')),
	attempts integer not null default 0,
	queued_at integer not null,
	first_tried_at integer,
	next_at integer check ((next_at is null) = (state <> 'queued')),
	sent_at integer,
	message_id text,
	fault text,
	answer text
) strict;
create index if not exists mail_round on mail (round, edition);
create index if not exists mail_next on mail (next_at) where state = 'queued';
create trigger if not exists mail_stays before delete on mail begin
	select raise(abort, 'a mail is never taken out of the outbox');
end;

create table if not exists mail_event (
	number integer primary key,
	key text not null references mail (key),
	at integer not null,
	state text not null,
	who text,
	name text,
	note text
) strict;
create index if not exists mail_event_key on mail_event (key);
create trigger if not exists mail_event_stays before update on mail_event begin
	select raise(abort, 'what became of a mail is never changed');
end;
create trigger if not exists mail_event_is_kept before delete on mail_event begin
	select raise(abort, 'what became of a mail is kept');
end;

create table if not exists dispatcher (
	id integer primary key check (id = 1),
	pid integer not null,
	run text not null,
	seen_at integer not null
) strict;

create table if not exists fetch (
	number integer primary key,
	round text not null,
	edition integer not null,
	unit text not null,
	who text,
	name text not null,
	at integer not null
) strict;
create index if not exists fetch_round on fetch (round, unit);

create table if not exists plan (
	round text primary key,
	cut_off text not null,
	sent_on text,
	reminded_on text,
	queued_edition integer,
	step text,
	tried integer not null default 0,
	next_at integer,
	fault text
) strict;
`;
