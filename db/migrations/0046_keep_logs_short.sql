-- How long log files stay, where the house wants it shorter than the policy allows, in days.
create table log_periods (
  only_row boolean primary key default true check (only_row),
  addresses int not null check (addresses between 2 and 7),
  access int not null check (access between 7 and 90),
  app int not null check (app between 7 and 90)
);
select replicate('log_periods');

-- What each night's run did with the log files, and what it saw in them afterwards.
create table log_runs (
  id uuid primary key,
  at timestamptz not null,
  packed int not null,
  shortened int not null,
  removed int not null,
  looked int not null,
  -- Addresses that should have been shortened.
  whole int not null,
  -- Whether the same look found the address that was put there for it to find.
  control boolean not null
);
create index log_runs_at on log_runs (at desc);
select replicate('log_runs');

-- Extracts of logs that an incident needs for longer, each with a reason and an end.
create table log_freezes (
  id uuid primary key,
  reason text not null check (reason <> ''),
  from_on date not null,
  to_on date not null,
  until_on date not null,
  status text not null default 'wanted' check (status in ('wanted', 'kept', 'removed')),
  line_count int not null default 0,
  sha256 text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  removed_at timestamptz,
  check (from_on <= to_on)
);
alter table log_freezes alter column reason set statistics 0;
create index log_freezes_created on log_freezes (created_at desc);
select replicate('log_freezes');
