-- A house may let its people in by its own provider alone.
alter table identity_providers add column demanded boolean not null default false;

-- The house that takes no other proof of an identity than its provider's word, and whether the
-- identity has nowhere else to go. Owners are left out: they come in where the provider fails. A
-- domain speaks for one house, so there is one at most.
create function demanding_house(of_identity uuid) returns table (tenant_id uuid, is_only boolean)
language sql stable security definer set search_path = public, pg_temp
as $$
  select p.tenant_id,
    not i.operator and not exists (
      select from users o
      where o.identity_id = i.id and o.tenant_id <> p.tenant_id and o.deactivated_at is null
    )
  from identities i
  join sign_in_domains d on d.domain = substring(i.email_key from '[^@]*$')
    and d.verified_at is not null
  join identity_providers p on p.tenant_id = d.tenant_id and p.demanded
  join users u
    on u.tenant_id = p.tenant_id and u.identity_id = i.id and u.deactivated_at is null
    and u.role <> 'owner'
  where i.id = of_identity
$$;
