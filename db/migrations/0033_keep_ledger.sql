-- What was erased, restricted or objected to, until it stands in the ledger outside of the database:
-- a backup that is taken in again must bring none of it back. Identifiers only.
create table ledger_entries (
  id uuid primary key default gen_random_uuid(),
  seq bigint not null generated always as identity,
  tenant_id uuid,
  kind text not null check (kind in ('deleted', 'restricted', 'unrestricted', 'objected', 'suppressed')),
  table_name text not null,
  record_ids uuid[] not null default '{}',
  -- The channel of an objection; the keyed hash, channel and reason of a suppressed address.
  detail text not null default ''
);
select replicate('ledger_entries');

-- One line for all rows that a statement removed; cascades are statements of their own.
create function note_deletion() returns trigger
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
    group by tenant_id;
  end if;
  return null;
end $$;

do $$
declare
  watched text;
begin
  foreach watched in array array[
    'tenants', 'identities', 'users', 'contacts', 'companies', 'deals', 'activities', 'messages',
    'files', 'consents'
  ] loop
    execute format(
      'create trigger note_deletion after delete on %I referencing old table as gone
       for each statement execute function note_deletion()',
      watched
    );
  end loop;
end $$;

create function note_restriction() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids)
  values (
    new.tenant_id, case when new.restricted_at is null then 'unrestricted' else 'restricted' end,
    'contacts', array[new.id]
  );
  return null;
end $$;
create trigger note_restriction after update of restricted_at on contacts
for each row when ((old.restricted_at is null) <> (new.restricted_at is null))
execute function note_restriction();

create function note_objection() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
  values (new.tenant_id, 'objected', 'contacts', array[new.contact_id], new.channel);
  return null;
end $$;
create trigger note_objection after insert on objections
for each row execute function note_objection();

create function note_suppression() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, detail)
  values (
    new.tenant_id, 'suppressed', 'suppressions',
    encode(new.address_hash, 'hex') || ' ' || new.channel || ' ' || new.reason
  );
  return null;
end $$;
create trigger note_suppression after insert on suppressions
for each row execute function note_suppression();

-- Each backup and each rehearsal of a restore, so that the measures can be held against them.
create table backup_runs (
  id uuid primary key,
  kind text not null check (kind in ('backup', 'drill')),
  passed boolean not null,
  -- The name of the backup; empty where none came to be.
  backup text not null default '',
  row_count bigint not null default 0,
  took_ms int not null,
  -- The class of the error, never its text.
  error_code text,
  at timestamptz not null
);
create index backup_runs_at on backup_runs (kind, at);
select replicate('backup_runs');
