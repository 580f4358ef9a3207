-- PostgreSQL makes every part of a query ready before it begins: what stands in a function, when it is
-- called. So it is with what hardly any record, or any log-in, needs.

-- Whether a contact is whom an open request is about: by its address, or as somebody has said.
create function in_open_case(of_tenant uuid, contact uuid) returns boolean
language plpgsql stable
as $$
begin
  return exists (
      select
      from emails e
      join cases c on c.tenant_id = e.tenant_id and c.status = 'open'
        and c.person_email_key = e.address_key
      where e.tenant_id = of_tenant
        and e.contact_id = contact
    )
    or exists (
      select
      from cases c
      join case_findings f on f.tenant_id = c.tenant_id and f.case_id = c.id
      where c.tenant_id = of_tenant
        and c.status = 'open'
        and contact = any (f.confirmed_ids)
    );
end $$;

-- The newest version of the privacy policy that somebody was told of and has not acknowledged.
create function policy_to_acknowledge(of_identity uuid) returns int
language sql stable
as $$
  select max(p.number)
  from policy_notices n
  join policies p on p.id = n.policy_id
  where n.identity_id = of_identity
    and n.acknowledged_at is null
$$;

create or replace function session_with_rights(digest bytea, at timestamptz) returns table (
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
    case
      when exists (
        select
        from policy_notices n
        where n.identity_id = i.id
          and n.acknowledged_at is null
      ) then policy_to_acknowledge(i.id)
    end,
    s.created_at, s.last_seen_at, s.expires_at, s.factor, s.confirmed_at,
    coalesce(u.role = any (t.factor_roles), false) and s.factor in ('link', 'password'),
    exists (select from record_sights r where r.tenant_id = u.tenant_id and r.role = u.role),
    case
      when exists (select from field_rights r where r.tenant_id = u.tenant_id and r.role = u.role)
      then limits_of_fields(u.tenant_id, u.role)
    end,
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
