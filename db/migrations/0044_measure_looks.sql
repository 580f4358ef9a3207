-- What was measured of the measures (Art. 32): looks from outside, pages held to the house, sign-ins
-- that failed. Counts by day, nobody's name and no address.

-- The supervisor's looks: the newest of each day stays.
create table measure_looks (
  name text not null check (name in ('tls', 'content_policy', 'file_encryption')),
  day date not null,
  passed boolean not null,
  figures jsonb not null,
  at timestamptz not null,
  primary key (name, day)
);
select replicate('measure_looks');

-- Pages as they were sent, by route: how many references in them lead to somebody else.
create table page_looks (
  route text not null,
  day date not null,
  looks int not null,
  foreign_references int not null,
  primary key (route, day)
);
select replicate('page_looks');

create table sign_in_failures (
  day date primary key,
  failed int not null default 0,
  limited int not null default 0
);
select replicate('sign_in_failures');

-- How many people can sign in, and how many of them by a second factor. There is no second factor
-- yet; whoever brings one counts it here.
create function second_factors() returns table (people int, protected int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*)::int, 0
  from identities i
  where i.operator
    or exists (select from users u where u.identity_id = i.id and u.deactivated_at is null)
$$;

-- What lies where of the backups, as the supervisor last found it.
create table backup_places (
  place text primary key check (place in ('folder', 'bucket')),
  copies int not null,
  oldest_at timestamptz,
  -- Objects that should lie there and do not, and those that should not and do.
  missing int not null,
  surplus int not null,
  error_code text,
  at timestamptz not null
);
select replicate('backup_places');
