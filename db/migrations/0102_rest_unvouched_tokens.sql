-- Where a house's provider is the only way in, its word holds API tokens too: they rest once it has
-- vouched for their person for 30 days no more.
alter table users
  add column vouched_at timestamptz,
  add column vouched_subject_digest bytea,
  -- Let in by the directory, with a log-in that was there before: the house learns the name that the
  -- person chose elsewhere once they have come.
  add column unmet boolean not null default false;
select keep_out_of_statistics('users', 'vouched_subject_digest');

-- Who is bound today has not been asked yet: their programs go on for those days.
update users u
set vouched_at = now()
from identity_providers p
where p.tenant_id = u.tenant_id
  and p.demanded;

create function is_token_resting(
  of_tenant uuid, of_identity uuid, vouched timestamptz, at timestamptz
) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select of_tenant = coalesce(current_tenant(), of_tenant)
    and coalesce(vouched <= at - interval '30 days', true)
    and exists (select from identity_providers p where p.tenant_id = of_tenant and p.demanded)
    and exists (select from demanding_house(of_identity) d where d.tenant_id = of_tenant)
$$;

-- What the role may see and write comes with the token, by one function instead of three.
create function api_caller(digest bytea, at timestamptz) returns table (
  tenant_id uuid, id uuid, user_id uuid, role text, scopes text[], expires_at timestamptz,
  last_used_at timestamptz, tenant_country text, tenant_phase text, narrowed boolean,
  field_limits jsonb
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select k.tenant_id, k.id, k.user_id, u.role, k.scopes, k.expires_at, k.last_used_at, t.country,
    t.phase,
    exists (select from record_sights r where r.tenant_id = u.tenant_id and r.role = u.role),
    (
      select jsonb_object_agg(k.record_kind, k.fields)
      from (
        select r.record_kind, jsonb_object_agg(r.field, r.level) as fields
        from field_rights r
        where r.tenant_id = u.tenant_id
          and r.role = u.role
        group by r.record_kind
      ) k
    )
  from api_tokens k
  join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
  join tenants t on t.id = k.tenant_id
  where k.token_digest = digest
    and k.expires_at > at
    and u.deactivated_at is null
    -- Asked first whether there is a provider at all: most houses have none, each request asks.
    and not (
      exists (select from identity_providers p where p.tenant_id = k.tenant_id and p.demanded)
      and is_token_resting(k.tenant_id, u.identity_id, u.vouched_at, at)
    )
$$;

-- A person has come into a house for the first time.
create function meet(of_tenant uuid, of_identity uuid) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update users
  set unmet = false
  where tenant_id = of_tenant
    and tenant_id = coalesce(current_tenant(), of_tenant)
    and identity_id = of_identity
    and unmet
$$;

-- The provider's word that a person is logged out everywhere, said before a tenant is known.
create function unvouch(of_tenant uuid, of_subject bytea, until timestamptz) returns void
language sql security definer set search_path = public, pg_temp
as $$
  update users
  set vouched_at = null
  where tenant_id = of_tenant
    and tenant_id = coalesce(current_tenant(), of_tenant)
    and vouched_subject_digest = of_subject
    and vouched_at <= until
$$;
