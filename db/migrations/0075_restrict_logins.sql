-- Rights of those who log in: the provider's own records (Art. 16, 18, 21).
alter table identities add column restricted_at timestamptz;
alter table identities add column objected_at timestamptz;
alter table rectifications alter column contact_id drop not null;
alter table rectifications add column identity_id uuid references identities (id) on delete cascade;
alter table rectifications add constraint rectifications_whose check (num_nonnulls(contact_id, identity_id) = 1);
create index rectifications_identity on rectifications (identity_id) where identity_id is not null;
alter table restrictions alter column contact_id drop not null;
alter table restrictions add column identity_id uuid references identities (id) on delete cascade;
alter table restrictions add constraint restrictions_whose check (num_nonnulls(contact_id, identity_id) = 1);
create unique index restrictions_identity on restrictions (tenant_id, identity_id, item_id) where identity_id is not null;
create index restrictions_standing on restrictions (tenant_id, imposed_at desc, id desc) where lifted_at is null;

-- No log-in is opened again while one of its restrictions still stands, whoever tries.
create function hold_login_restriction() returns trigger
language plpgsql
as $$
begin
  -- A tenant's transaction does not see the provider's restrictions, and has no say about them.
  if coalesce(current_setting('app.tenant_id', true), '')
      not in ('', '00000000-0000-7000-8000-000000000000')
    or exists (select from restrictions r where r.identity_id = new.id and r.lifted_at is null)
  then
    raise exception 'the restriction still stands' using errcode = 'check_violation', constraint = 'told_before_lifted';
  end if;
  return new;
end $$;
create trigger hold_login_restriction before update of restricted_at on identities
for each row when (old.restricted_at is not null and new.restricted_at is null)
execute function hold_login_restriction();

-- A restored backup has to bring it back.
create function note_login_restriction() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (kind, table_name, record_ids)
  values (
    case when new.restricted_at is null then 'unrestricted' else 'restricted' end, 'identities',
    array[new.id]
  );
  return null;
end $$;
create trigger note_login_restriction after update of restricted_at on identities
for each row when ((old.restricted_at is null) <> (new.restricted_at is null))
execute function note_login_restriction();
create function note_login_objection() returns trigger
language plpgsql
as $$
begin
  insert into ledger_entries (kind, table_name, record_ids) values ('objected', 'identities', array[new.id]);
  return null;
end $$;
create trigger note_login_objection after update of objected_at on identities
for each row when (old.objected_at is null and new.objected_at is not null)
execute function note_login_objection();

-- While processing is restricted, or after an objection, nothing goes to a log-in that nobody owes
-- it: what it asked for itself, security and the law's own letters do. The database holds it.
create function hold_login_mail() returns trigger
language plpgsql
as $$
begin
  if exists (
    select from identities i
    where i.email_key = lower(new.recipient)
      and (i.restricted_at is not null or i.objected_at is not null)
  ) then
    return null;
  end if;
  return new;
end $$;
create trigger hold_login_mail before insert on mails
for each row when (new.purpose not in ('security', 'legal') and new.kind <> 'message' and new.kind <> 'invitation')
execute function hold_login_mail();
