-- While a file comes into a house, its lists leave out by their index what nobody sees before the end,
-- instead of walking past it: each page and each request of a program hears since when one comes in.
create index imports_running on imports (tenant_id, started_at) where status = 'running';

drop function session_with_rights(bytea, timestamptz);
create function session_with_rights(digest bytea, at timestamptz) returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenant_phase text, contract_ends_on date, tenants int, unread int,
  away_since timestamptz, policy int, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz, factor text, confirmed_at timestamptz, owes_factor boolean,
  narrowed boolean, field_limits jsonb, importing timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator and s.factor <> 'single_sign_on', t.name, t.slug, t.country, t.phase, t.contract_ends_on,
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
    s.created_at, s.last_seen_at, s.expires_at, s.factor, s.confirmed_at,
    coalesce(u.role = any (t.factor_roles), false) and s.factor in ('link', 'password'),
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
    ),
    (
      select m.started_at
      from imports m
      where m.tenant_id = u.tenant_id
        and m.status = 'running'
      order by m.started_at desc
      limit 1
    )
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;

drop function api_caller(bytea, timestamptz);
create function api_caller(digest bytea, at timestamptz) returns table (
  tenant_id uuid, id uuid, user_id uuid, role text, scopes text[], expires_at timestamptz,
  last_used_at timestamptz, tenant_country text, tenant_phase text, narrowed boolean,
  field_limits jsonb, importing timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select k.tenant_id, k.id, k.user_id, u.role, k.scopes, k.expires_at, k.last_used_at, t.country,
    t.phase,
    exists (select from record_sights r where r.tenant_id = u.tenant_id and r.role = u.role),
    case
      when exists (select from field_rights r where r.tenant_id = u.tenant_id and r.role = u.role)
      then limits_of_fields(u.tenant_id, u.role)
    end,
    (
      select m.started_at
      from imports m
      where m.tenant_id = k.tenant_id
        and m.status = 'running'
      order by m.started_at desc
      limit 1
    )
  -- A step of its own: of digests there are no statistics, and all tokens of a user would be read.
  from (select * from api_tokens k where k.token_digest = digest offset 0) k
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
