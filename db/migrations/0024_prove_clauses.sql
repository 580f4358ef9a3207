-- Proofs of the policy's clauses: their results, what is red, and what they look at.

create table proof_results (
  id uuid primary key,
  proof text not null,
  passed boolean not null,
  figures jsonb not null default '{}',
  took_ms integer not null,
  at timestamptz not null
);
create index proof_results_proof on proof_results (proof, at desc, id desc);
create index proof_results_at on proof_results (at);
select replicate('proof_results');

-- A red proof is a task until it is green again.
create table proof_alarms (
  proof text primary key,
  opened_at timestamptz not null,
  mailed_at timestamptz
);
select replicate('proof_alarms');

create table proof_settings (
  only_row boolean primary key default true check (only_row),
  figures_public boolean not null
);
select replicate('proof_settings');

-- Where each store stands: countries of the European Economic Area only (clause 4.1).
create table stores (
  name text primary key check (name in ('database', 'files', 'logs', 'backups')),
  country text not null check (country in (
    'AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS',
    'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'
  )),
  updated_at timestamptz not null
);
select replicate('stores');

-- What was changed about the measures, and when (clause 7.2).
create table measure_changes (
  id uuid primary key,
  measure text not null,
  note text not null check (note <> ''),
  changed_on date not null,
  created_at timestamptz not null,
  created_by uuid references identities (id) on delete set null
);
create index measure_changes_on on measure_changes (changed_on desc, id desc);
select replicate('measure_changes');

-- A mail now and then shows that the officer's address takes mail (clause 2.2).
create table officer_probes (
  id uuid primary key,
  mail_id uuid,
  status text not null default 'queued' check (status in ('queued', 'sent', 'bounced')),
  queued_at timestamptz not null,
  settled_at timestamptz
);
create index officer_probes_queued on officer_probes (queued_at desc);
select replicate('officer_probes');

-- Rows that should be gone, counted over all tenants: no Scope sees them all, and none is told whose.
create function retention_overdue(at timestamptz) returns table (store text, overdue int)
language plpgsql stable security definer set search_path = public, pg_temp
as $$
declare
  trash text;
  late constant timestamptz := at - interval '1 day';
begin
  for trash in
    select c.table_name::text
    from information_schema.columns c
    where c.table_schema = 'public' and c.column_name = 'erase_after'
    order by 1
  loop
    return query execute format('select %L::text, count(*)::int from %I where erase_after <= $1', trash, trash)
      using late;
  end loop;
  return query select 'sessions', count(*)::int from sessions where expires_at <= late;
  return query select 'sessions.ip', count(*)::int from sessions
    where created_at <= late - interval '7 days' and ip ~ '^[0-9a-fA-F:.]+$' and ip !~ '(\.0|::)$';
  return query select 'tokens', count(*)::int from tokens where expires_at <= late;
  return query select 'rate_limits', count(*)::int from rate_limits where expires_at <= late;
  return query select 'mails', count(*)::int from mails
    where status <> 'queued' and finished_at <= late - interval '3 days';
end $$;

-- How many customers there are and how many have accepted an agreement: two numbers, nobody's name.
create function agreements_accepted() returns table (customers int, accepted int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*)::int,
    (count(*) filter (where exists (
      select from processing_agreements a where a.tenant_id = t.id
    )))::int
  from tenants t
$$;
