-- Of digests there are no statistics: PostgreSQL took one for a frequent value, read all tokens of a
-- user and compared each. A step of its own leaves it the digest alone.
create or replace function api_caller(digest bytea, at timestamptz) returns table (
  tenant_id uuid, id uuid, user_id uuid, role text, scopes text[], expires_at timestamptz,
  last_used_at timestamptz, tenant_country text, tenant_phase text, narrowed boolean,
  field_limits jsonb
)
language sql stable security definer set search_path = public, pg_temp
as $$
  with k as materialized (select * from api_tokens k where k.token_digest = digest)
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
  from k
  join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
  join tenants t on t.id = k.tenant_id
  where k.expires_at > at
    and u.deactivated_at is null
    -- Asked first whether there is a provider at all: most houses have none, each request asks.
    and not (
      exists (select from identity_providers p where p.tenant_id = k.tenant_id and p.demanded)
      and is_token_resting(k.tenant_id, u.identity_id, u.vouched_at, at)
    )
$$;
