-- Rights carried out: persons whose processing is restricted and until when, answers that wait to be
-- fetched, and what of it a restored backup must not undo.

-- Art. 18 GDPR: each reason to restrict a person, with its end. A restriction ends only after the
-- person was told (Art. 18(3)): the table refuses it otherwise.
create table restrictions (
  tenant_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  -- The right it was claimed by; null once the evidence of the request is over.
  item_id uuid,
  ground text not null check (ground in ('accuracy', 'unlawful', 'claims', 'objection')),
  imposed_at timestamptz not null,
  lift_on date,
  told_at timestamptz,
  lifted_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, contact_id, item_id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete set null (item_id),
  constraint told_before_lifted check (lifted_at is null or (told_at is not null and told_at <= lifted_at))
);
create index restrictions_item on restrictions (tenant_id, item_id);
select distribute('restrictions');
select isolate('restrictions');

-- No contact is opened again while one of its restrictions still stands, whoever tries.
create function hold_restriction() returns trigger
language plpgsql
as $$
begin
  if exists (
    select from restrictions r
    where r.tenant_id = new.tenant_id and r.contact_id = new.id and r.lifted_at is null
  ) then
    raise exception 'the restriction still stands' using errcode = 'check_violation', constraint = 'told_before_lifted';
  end if;
  return new;
end $$;
create trigger hold_restriction before update of restricted_at on contacts
for each row when (old.restricted_at is not null and new.restricted_at is null)
execute function hold_restriction();

-- Answers to be fetched: sealed with a key of their own each, which is destroyed at the end.
create table deliveries (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  item_id uuid not null,
  token_digest bytea not null,
  -- Of the code at hand; null until one is asked for.
  code_digest bytea,
  code_expires_at timestamptz,
  failures int not null default 0,
  key_id uuid not null,
  file_name text not null,
  media_type text not null,
  size bigint not null,
  sha256 bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  downloads int not null default 0,
  downloads_left int not null check (downloads_left >= 0),
  destroyed_at timestamptz,
  end_reason text check (end_reason in ('expired', 'count', 'replaced')),
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete cascade,
  check ((destroyed_at is null) = (end_reason is null))
);
create index deliveries_item on deliveries (tenant_id, item_id);
create index deliveries_case on deliveries (tenant_id, case_id);
create unique index deliveries_token on deliveries (tenant_id, token_digest);
create index deliveries_expiry on deliveries (expires_at) where destroyed_at is null;
select distribute('deliveries');
select isolate('deliveries');
select keep_out_of_statistics('deliveries', 'token_digest', 'code_digest');

-- Whose answer a link leads to: asked by the public page before a controller is known.
create function delivery_by_digest(digest bytea)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.id
  from deliveries d
  where d.token_digest = digest
$$;

-- The answers whose time is over, of all controllers.
create function deliveries_to_destroy(at timestamptz, bound int)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.id
  from deliveries d
  where d.destroyed_at is null
    and d.expires_at <= at
  order by d.expires_at
  limit least(bound, 1000)
$$;

-- What the ledger has to keep as well: corrections, objections and bars that were taken back.
alter table ledger_entries drop constraint ledger_entries_kind_check;
alter table ledger_entries add constraint ledger_entries_kind_check check (kind in (
  'deleted', 'restricted', 'unrestricted', 'objected', 'unobjected', 'suppressed', 'unsuppressed', 'corrected'
));

create or replace function note_restriction() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
  values (
    new.tenant_id, case when new.restricted_at is null then 'unrestricted' else 'restricted' end,
    'contacts', array[new.id],
    case when new.restricted_reason in ('accuracy', 'unlawful', 'claims', 'objection')
      then new.restricted_reason else '' end
  );
  return null;
end $$;

create function note_objection_end() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, record_ids, detail)
  values (old.tenant_id, 'unobjected', 'contacts', array[old.contact_id], old.channel);
  return null;
end $$;
create trigger note_objection_end after delete on objections
for each row execute function note_objection_end();

create function note_suppression_end() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (tenant_id, kind, table_name, detail)
  values (
    old.tenant_id, 'unsuppressed', 'suppressions',
    encode(old.address_hash, 'hex') || ' ' || old.channel || ' ' || old.reason
  );
  return null;
end $$;
create trigger note_suppression_end after delete on suppressions
for each row execute function note_suppression_end();
