-- The end of a contract: notice, the time to take everything out, erasure with its steps (clause 5.2).

-- `uses_until` is the last day of full use; then reading and exporting until `contract_ends_on`.
-- `phase` is what the clock has made of these days: the program moves it, every statement asks it.
alter table tenants
  add column notice_given_at timestamptz,
  add column uses_until date,
  add column phase text not null default 'open'
    check (phase in ('open', 'read_only', 'closed', 'erasing')),
  add constraint tenants_notice_check check (
    (notice_given_at is null) = (uses_until is null)
    and (uses_until is null or contract_ends_on >= uses_until + 30)
  );

-- Whether the tenant of the transaction may be written to. After full use only the house itself may,
-- for it keeps receiving until the end; once erasure has begun nobody.
create function may_write() returns boolean
language sql stable parallel safe
as $$
  select coalesce((
    select t.phase = 'open'
      or (t.phase <> 'erasing' and coalesce(current_setting('app.actor', true), '') = 'system')
    from tenants t
    where t.id = current_tenant()
  ), true)
$$;

-- As before, and a tenant whose contract runs out takes nothing new in.
create or replace function isolate(table_name text) returns void
language plpgsql
as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format(
    'create policy tenant on %I using (tenant_id = current_tenant())
     with check (tenant_id = current_tenant() and (select may_write()))',
    table_name
  );
end $$;

-- Takes a table out of that: taking everything out, and persons' rights, go on until the end.
create function keep_open(table_name text) returns void
language plpgsql
as $$
begin
  execute format('alter policy tenant on %I with check (tenant_id = current_tenant())', table_name);
end $$;

do $$
declare
  isolated text;
begin
  for isolated in
    select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid where p.polname = 'tenant'
  loop
    execute format(
      'alter policy tenant on %I with check (tenant_id = current_tenant() and (select may_write()))',
      isolated
    );
  end loop;
  foreach isolated in array array[
    'changes', 'data_keys', 'exports', 'notifications', 'notification_preferences', 'visits',
    'looks', 'person_letters', 'processor_notices', 'processor_objections',
    'case_codes', 'case_confirmations', 'case_events', 'case_files', 'case_items', 'case_letters',
    'case_links', 'cases', 'consents', 'controllers', 'objections', 'officer_reports', 'officers',
    'suppressions'
  ] loop
    perform keep_open(isolated);
  end loop;
end $$;

-- Everything of a tenant in one archive, sealed with its key; its owners take it out.
create table tenant_exports (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'failed')),
  rows bigint,
  size bigint,
  -- Whose bytes these are in the storage; null until they are there.
  object_id uuid,
  error_code text,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  erase_after timestamptz not null,
  primary key (tenant_id, id)
);
create index tenant_exports_end on tenant_exports (erase_after);
select distribute('tenant_exports');
select isolate('tenant_exports');
select keep_open('tenant_exports');

-- Gives notice for the tenant of the transaction; false where one stands or the day is no day for it.
create function give_notice(last_day date, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update tenants
  set notice_given_at = at, uses_until = last_day, contract_ends_on = last_day + 30
  where id = current_tenant()
    and notice_given_at is null
    and phase = 'open';
  return found;
end $$;

-- Takes it back, as long as nothing was erased.
create function withdraw_notice() returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update tenants
  set notice_given_at = null, uses_until = null, contract_ends_on = null, phase = 'open'
  where id = current_tenant()
    and notice_given_at is not null
    and phase <> 'erasing';
  return found;
end $$;

-- A tenant's erasure, which outlives it. Its id is kept as text: a search through the database's
-- files looks for the bytes, and must find none. Name and addresses go with the last letter.
create table tenant_erasures (
  id uuid primary key,
  house text not null,
  name text not null,
  locale text not null,
  recipients text[] not null default '{}',
  contract_ended_on date not null,
  -- What the search looks for: planted at the freeze, random, stored backwards.
  canary text not null,
  key_ids text[] not null default '{}',
  identity_ids text[] not null default '{}',
  status text not null default 'running' check (status in ('running', 'withdrawn', 'done')),
  -- Kept by the provider, under its own id.
  certificate_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz
);
create unique index tenant_erasures_house on tenant_erasures (house) where status = 'running';
create index tenant_erasures_started on tenant_erasures (started_at desc, id desc);
select replicate('tenant_erasures');
select keep_out_of_statistics('tenant_erasures', 'name', 'recipients');

create table tenant_erasure_steps (
  erasure_id uuid not null references tenant_erasures (id) on delete cascade,
  step text not null check (
    step in ('freeze', 'live', 'traces', 'processors', 'logs', 'backups', 'search', 'certificate')
  ),
  state text not null default 'waiting' check (state in ('waiting', 'failed', 'done')),
  attempts int not null default 0,
  -- Counts, days and names of tables; nothing of a person.
  figures jsonb not null default '{}',
  error_code text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (erasure_id, step)
);
select replicate('tenant_erasure_steps');

-- What each processor said of what it held: by its adapter, or told by the operator.
create table tenant_erasure_confirmations (
  erasure_id uuid not null references tenant_erasures (id) on delete cascade,
  processor_id uuid not null,
  name text not null,
  method text check (method in ('nothing_held', 'same_store', 'expired', 'told')),
  confirmed_at timestamptz,
  primary key (erasure_id, processor_id)
);
select replicate('tenant_erasure_confirmations');

-- One word that stands here for good: what does not find it anywhere has not looked.
create table search_controls (
  only_row boolean primary key default true check (only_row),
  word text not null
);
select replicate('search_controls');

-- Which letters about the end of a contract were written, so that each goes out once.
create table contract_letters (
  house text not null,
  kind text not null,
  written_at timestamptz not null,
  primary key (house, kind)
);
create index contract_letters_written on contract_letters (written_at);
select replicate('contract_letters');

-- The provider's own bills to its customers: eight years by law, whatever becomes of the customer.
create table customer_invoices (
  id uuid primary key,
  house text not null,
  number text not null unique check (number <> ''),
  customer text not null check (customer <> ''),
  address text not null default '',
  issued_on date not null,
  cents bigint not null,
  currency text not null default 'EUR' check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null
);
create index customer_invoices_house on customer_invoices (house, issued_on desc, id desc);
select replicate('customer_invoices');
select keep_out_of_statistics('customer_invoices', 'customer', 'address');

-- Ends an erasure whose steps are all done: its last letters are written, so nobody is named any more.
create function close_erasure(erasure uuid, steps int, certificate uuid, at timestamptz)
returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update tenant_erasures e
  set status = 'done', name = '', recipients = '{}', certificate_id = certificate, finished_at = at
  where e.id = erasure
    and e.status = 'running'
    and (
      select count(*)
      from tenant_erasure_steps s
      where s.erasure_id = e.id
        and s.state = 'done'
    ) >= steps;
  if not found then
    return false;
  end if;
  delete from contract_letters l
  using tenant_erasures e
  where e.id = erasure
    and l.house = e.house;
  return true;
end $$;

alter table tokens drop constraint tokens_kind_check;
alter table tokens add constraint tokens_kind_check check (
  kind in (
    'setup', 'invitation', 'password_reset', 'email_change', 'processor_evidence', 'contract'
  )
);

-- A tenant under erasure is one line of the ledger already: its records need none of their own.
create or replace function note_deletion() returns trigger
language plpgsql
as $$
begin
  if tg_table_name in ('tenants', 'identities') then
    insert into ledger_entries (kind, table_name, record_ids)
    select 'deleted', tg_table_name, array_agg(id)
    from gone
    having count(*) > 0;
  else
    insert into ledger_entries (tenant_id, kind, table_name, record_ids)
    select tenant_id, 'deleted', tg_table_name, array_agg(id)
    from gone
    where not exists (select from tenants t where t.id = gone.tenant_id and t.phase = 'erasing')
    group by tenant_id;
  end if;
  return null;
end $$;

drop function session_by_digest(bytea, timestamptz);
create function session_by_digest(digest bytea, at timestamptz)
returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenant_phase text, contract_ends_on date, tenants int, unread int,
  away_since timestamptz, policy int, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator, t.name, t.slug, t.country, t.phase, t.contract_ends_on,
    (select count(*)::int from users m where m.identity_id = i.id and m.deactivated_at is null),
    (
      select count(*)::int
      from (
        select
        from notifications n
        where n.tenant_id = u.tenant_id
          and n.user_id = u.id
          and n.in_app
          and n.read_at is null
        limit 100
      ) unread
    ),
    i.away_since,
    (
      select max(p.number)
      from policy_notices n
      join policies p on p.id = n.policy_id
      where n.identity_id = i.id
        and n.acknowledged_at is null
    ),
    s.created_at, s.last_seen_at, s.expires_at
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;
