-- Whoever leaves for good owns no records any more; the records stay their house's.
alter table companies
  drop constraint companies_tenant_id_owner_id_fkey,
  add constraint companies_owner foreign key (tenant_id, owner_id)
    references users (tenant_id, id) on delete set null (owner_id);
alter table contacts
  drop constraint contacts_tenant_id_owner_id_fkey,
  add constraint contacts_owner foreign key (tenant_id, owner_id)
    references users (tenant_id, id) on delete set null (owner_id);
alter table deals
  drop constraint deals_tenant_id_owner_id_fkey,
  add constraint deals_owner foreign key (tenant_id, owner_id)
    references users (tenant_id, id) on delete set null (owner_id);
alter table activities
  drop constraint activities_tenant_id_owner_id_fkey,
  add constraint activities_owner foreign key (tenant_id, owner_id)
    references users (tenant_id, id) on delete set null (owner_id);

-- The houses whose last active owner an identity is: without it nobody could run them.
create function sole_ownerships(of_identity uuid) returns table (tenant_name text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select t.name
  from users u
  join tenants t on t.id = u.tenant_id
  where u.identity_id = of_identity
    and u.role = 'owner'
    and u.deactivated_at is null
    and not exists (
      select
      from users o
      where o.tenant_id = u.tenant_id
        and o.role = 'owner'
        and o.deactivated_at is null
        and o.id <> u.id
    )
  order by t.name
  limit 200
$$;

-- Erases a log-in with its users in every house; false where a house or the operation would be left
-- without anybody. Two last owners who leave at once take their turns.
create function erase_identity(of_identity uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  address text;
begin
  perform pg_advisory_xact_lock(hashtextextended('erase_identity', 0));
  perform from users o
  where o.role = 'owner'
    and o.tenant_id in (select u.tenant_id from users u where u.identity_id = of_identity)
  order by o.tenant_id, o.id
  for update;
  if exists (select from sole_ownerships(of_identity)) then
    return false;
  end if;
  if exists (select from identities where id = of_identity and operator)
    and not exists (select from identities where id <> of_identity and operator)
  then
    return false;
  end if;
  select email_key into address from identities where id = of_identity for update;
  delete from mails where lower(recipient) = address and tenant_id is null and status <> 'queued';
  delete from users where identity_id = of_identity;
  delete from identities where id = of_identity;
  return found;
end $$;
