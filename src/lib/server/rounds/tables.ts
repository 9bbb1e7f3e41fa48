/**
 * The tables of the rounds' editions and reports in rounds.sqlite. Moments are milliseconds since 1970, days and
 * months text. An edition is never changed in what it was frozen of: a correction is a new one with its reason.
 */
export const roundTables = `
create table if not exists edition (
	round text not null check (round glob '[0-9][0-9][0-9][0-9]-[01][0-9]'),
	number integer not null check (number > 0),
	reason text check (number = 1 or reason is not null),
	state text not null check (state in ('frozen', 'made', 'released', 'dispatched')),
	period_from text not null,
	period_to text not null,
	cut_off text not null,
	sent_on text,
	frozen_at integer not null,
	frozen_by text not null,
	made_at integer,
	released_at integer,
	released_by text,
	dispatched_at integer,
	is_making integer not null default 0 check (is_making in (0, 1)),
	definition text not null,
	texts text not null,
	notebook text not null,
	program text not null,
	entry integer not null,
	versions_sha256 text not null,
	primary key (round, number)
) strict;
create trigger if not exists edition_stays before delete on edition begin
	select raise(abort, 'an edition of a round is never taken away');
end;
create trigger if not exists edition_is_frozen
before update of round, number, reason, period_from, period_to, cut_off, sent_on, frozen_at, frozen_by,
	definition, texts, notebook, program, entry, versions_sha256 on edition begin
	select raise(abort, 'what an edition was frozen of is never changed');
end;

create table if not exists approval (
	round text not null,
	edition integer not null,
	who text not null,
	name text not null,
	at integer not null,
	primary key (round, edition, who),
	foreign key (round, edition) references edition (round, number)
) strict;

create table if not exists report (
	round text not null,
	edition integer not null,
	kind text not null,
	subject text not null,
	unit text,
	locale text not null check (locale in ('sv', 'en')),
	format text not null check (format in ('pdf', 'xlsx')),
	state text not null check (state in ('waiting', 'made', 'failed')),
	fault text,
	sha256 text,
	bytes integer,
	path text not null unique,
	opening text,
	new_flags integer,
	persisting_flags integer,
	resolved_flags integer,
	new_births integer,
	primary key (round, edition, kind, subject, locale, format),
	foreign key (round, edition) references edition (round, number),
	check (state <> 'made' or (sha256 is not null and bytes is not null)),
	check ((state = 'failed') = (fault is not null))
) strict;
create index if not exists report_state on report (round, edition, state);
`;
