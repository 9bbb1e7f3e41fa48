/** Five years in milliseconds, a leap day included: so long an entry of the audit is kept. */
export const auditKept = (5 * 365 + 2) * 24 * 60 * 60_000;

/**
 * The tables of accounts.sqlite. Times are milliseconds since 1970. Of whatever somebody could sign in by only a
 * hash is kept; two things have to be read again: the secret that codes are computed from, which is encrypted, and
 * a demo's passwords.
 */
export const tables = `
create table if not exists account (
	id text primary key,
	email text not null unique,
	name text not null,
	role text not null,
	units text not null check (json_valid(units)),
	regions text not null check (json_valid(regions)),
	state text not null check (state in ('invited', 'open', 'closed')),
	password text,
	is_demo integer not null default 0,
	demo_password text check (demo_password is null or is_demo = 1),
	issuer text,
	subject text,
	created_at integer not null,
	last_sign_in integer,
	unique (issuer, subject)
) strict;

create table if not exists session (
	id text primary key,
	secret_hash text not null,
	account text not null references account (id),
	state text not null check (state in ('whole', 'secondFactor', 'enrol')),
	begun_at integer not null,
	last_seen integer not null,
	address text,
	pending_secret text
) strict;
create index if not exists session_account on session (account);

create table if not exists link (
	token_hash text primary key,
	account text not null references account (id),
	kind text not null check (kind in ('invitation', 'reset')),
	ends_at integer not null
) strict;

create table if not exists second_factor (
	account text primary key references account (id),
	secret text not null,
	last_step integer not null,
	recovery_salt text not null
) strict;

create table if not exists recovery_code (
	account text not null references account (id),
	hash text not null,
	primary key (account, hash)
) strict;

create table if not exists attempt (
	kind text not null,
	subject text not null,
	at integer not null
) strict;
create index if not exists attempt_subject on attempt (kind, subject, at);
create index if not exists attempt_at on attempt (at);

create table if not exists journey (
	token_hash text primary key,
	state text not null,
	nonce text not null,
	verifier text not null,
	ends_at integer not null
) strict;

create table if not exists audit (
	number integer primary key,
	at integer not null,
	who text,
	name text not null,
	act text not null,
	unit text,
	what text,
	address text,
	hash text not null
) strict;
create index if not exists audit_at on audit (at);
create trigger if not exists audit_stays before update on audit begin
	select raise(abort, 'an entry of the audit is never changed');
end;
create trigger if not exists audit_is_kept before delete on audit
	when old.at > (select at from audit order by number desc limit 1) - ${auditKept}
begin
	select raise(abort, 'an entry of the audit is kept for five years');
end;
`;
