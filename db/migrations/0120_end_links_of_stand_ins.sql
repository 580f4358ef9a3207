-- Whoever stood in for an officer decides no request any more once the log-in is erased, by whichever way.
create or replace function erase_identity(of_identity uuid)
returns boolean
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
  -- Links to requests that came to them in the place of an officer whom the house has not named.
  update case_letters l
  set expires_at = l.created_at
  from users u
  where u.identity_id = of_identity
    and u.role = 'owner'
    and u.deactivated_at is null
    and l.tenant_id = u.tenant_id
    and l.recipient = 'officer'
    and l.expires_at > l.created_at
    and not exists (
      select
      from users o
      where o.tenant_id = u.tenant_id
        and o.role = 'owner'
        and o.deactivated_at is null
        and (o.created_at, o.id) < (u.created_at, u.id)
    )
    and not exists (
      select
      from officers n
      where n.tenant_id = u.tenant_id
        and n.email <> ''
    );
  delete from users where identity_id = of_identity;
  delete from identities where id = of_identity;
  return found;
end $$;
