-- Each page asks for its session: what the role may see and write comes with it, by one function
-- instead of three.
create function session_with_rights(digest bytea, at timestamptz) returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenant_phase text, contract_ends_on date, tenants int, unread int,
  away_since timestamptz, policy int, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz, factor text, confirmed_at timestamptz, owes_factor boolean,
  narrowed boolean, field_limits jsonb
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
    )
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;
