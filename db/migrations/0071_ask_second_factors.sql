-- A second factor of a log-in: codes by time, passkeys, and codes on paper for who lost the others.
create table totp_factors (
  identity_id uuid primary key references identities (id) on delete cascade,
  secret_sealed bytea not null,
  -- The last step of 30 seconds whose code was taken: no code counts twice.
  last_step bigint not null default 0,
  created_at timestamptz not null,
  -- Null until the first code showed that the app has the secret.
  confirmed_at timestamptz
);
select replicate('totp_factors');
select keep_out_of_statistics('totp_factors', 'secret_sealed');

create table recovery_codes (
  id uuid primary key,
  identity_id uuid not null references identities (id) on delete cascade,
  code_digest bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  unique (identity_id, code_digest)
);
select replicate('recovery_codes');
select keep_out_of_statistics('recovery_codes', 'code_digest');

create table passkeys (
  id uuid primary key,
  identity_id uuid not null references identities (id) on delete cascade,
  credential_id text not null unique check (length(credential_id) between 1 and 1400),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  -- Whether the maker of the device keeps a copy: such a key survives the device.
  backed_up boolean not null,
  name text not null check (name <> '' and length(name) <= 100),
  created_at timestamptz not null,
  last_used_at timestamptz
);
select replicate('passkeys');
create index passkeys_identity on passkeys (identity_id);
select keep_out_of_statistics('passkeys', 'credential_id', 'public_key', 'name');

-- How a session was begun, and when its person last showed to be the one: deeds that weigh ask anew.
alter table sessions
  add column factor text not null default 'password'
    check (factor in ('link', 'password', 'totp', 'recovery', 'passkey', 'single_sign_on')),
  add column confirmed_at timestamptz;
update sessions set confirmed_at = created_at;
alter table sessions alter column confirmed_at set not null;

-- The roles of which a tenant demands a second factor.
alter table tenants
  add column factor_roles text[] not null default '{}'
    check (factor_roles <@ array['owner', 'admin', 'member', 'read_only']);

create function demand_factors(roles text[]) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update tenants set factor_roles = roles where id = current_tenant();
  return found;
end $$;

-- A log-in between password and second factor, a passkey's challenge.
alter table tokens drop constraint tokens_kind_check;
alter table tokens add constraint tokens_kind_check check (kind in (
  'setup', 'invitation', 'password_reset', 'email_change', 'processor_evidence', 'contract',
  'second_factor', 'passkey'
));

create or replace function second_factors() returns table (people int, protected int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*)::int,
    (count(*) filter (where
      exists (select from totp_factors f where f.identity_id = i.id and f.confirmed_at is not null)
      or exists (select from passkeys p where p.identity_id = i.id)
    ))::int
  from identities i
  where i.operator
    or exists (select from users u where u.identity_id = i.id and u.deactivated_at is null)
$$;

-- An identity whose factors an admin may take away: it belongs to the tenant alone and runs nothing.
create function factors_in_hand(of_identity uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select exists (
    select from users u where u.identity_id = of_identity and u.tenant_id = current_tenant()
  ) and not exists (
    select from users u where u.identity_id = of_identity and u.tenant_id <> current_tenant()
      and u.deactivated_at is null
  ) and not exists (select from identities i where i.id = of_identity and i.operator)
$$;

drop function session_by_digest(bytea, timestamptz);
create function session_by_digest(digest bytea, at timestamptz) returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenant_phase text, contract_ends_on date, tenants int, unread int,
  away_since timestamptz, policy int, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz, factor text, confirmed_at timestamptz, owes_factor boolean
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator, t.name, t.slug, t.country, t.phase, t.contract_ends_on,
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
