-- A tenant's own identity provider (OpenID Connect), for the addresses of its verified domains.
create table identity_providers (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  issuer text not null check (length(issuer) between 9 and 500),
  client_id text not null check (length(client_id) between 1 and 300),
  -- Null for a client without secret: the exchange is held by PKCE alone.
  secret_sealed bytea,
  -- The role of people who come for the first time; null: only who was invited gets in.
  new_role text check (new_role in ('member', 'read_only')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id)
);
select distribute('identity_providers');
select isolate('identity_providers');
select keep_out_of_statistics('identity_providers', 'secret_sealed');

create table sign_in_domains (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  domain text not null check (domain = lower(domain) and length(domain) between 3 and 253),
  created_at timestamptz not null,
  verified_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, domain)
);
select distribute('sign_in_domains');
select isolate('sign_in_domains');
create index sign_in_domains_verified on sign_in_domains (domain) where verified_at is not null;

-- Whose provider speaks for an address: asked before anybody is signed in.
create function provider_of_domain(of_domain text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select p.tenant_id, p.id
  from sign_in_domains d
  join identity_providers p on p.tenant_id = d.tenant_id
  where d.domain = of_domain
    and d.verified_at is not null
$$;

-- A domain speaks for one tenant: who shows first that its postmaster reads along.
create function verify_domain(of_tenant uuid, of_id uuid, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('sign_in_domains', 0));
  update sign_in_domains d set verified_at = at
  where d.tenant_id = of_tenant
    and d.id = of_id
    and not exists (
      select from sign_in_domains o
      where o.domain = d.domain and o.tenant_id <> d.tenant_id and o.verified_at is not null
    );
  return found;
end $$;

alter table tokens drop constraint tokens_kind_check;
alter table tokens add constraint tokens_kind_check check (kind in (
  'setup', 'invitation', 'password_reset', 'email_change', 'processor_evidence', 'contract',
  'second_factor', 'passkey', 'single_sign_on', 'sign_in_domain'
));

-- Whom a house's own provider names acts for that house alone, and never runs the installation.
create or replace function session_by_digest(digest bytea, at timestamptz) returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenant_phase text, contract_ends_on date, tenants int, unread int,
  away_since timestamptz, policy int, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz, factor text, confirmed_at timestamptz, owes_factor boolean
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
    coalesce(u.role = any (t.factor_roles), false) and s.factor in ('link', 'password')
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;
