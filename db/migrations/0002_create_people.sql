-- Who runs the house, who rents it, who may come in.

create table provider (
  only_row boolean primary key default true check (only_row),
  name text not null,
  legal_form text not null default '',
  street text not null,
  postal_code text not null,
  city text not null,
  country text not null default 'DE' check (country ~ '^[A-Z]{2}$'),
  email text not null,
  phone text not null default '',
  register_entry text not null default '',
  vat_id text not null default '',
  represented_by text not null default '',
  dpo_name text not null,
  dpo_email text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
select replicate('provider');

create table tenants (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null check (name <> ''),
  locale text not null default 'de' check (locale in ('de', 'en')),
  country text not null default 'DE' check (country ~ '^[A-Z]{2}$'),
  trash_days int not null default 7 check (trash_days between 1 and 30),
  contract_ends_on date,
  created_at timestamptz not null
);
select replicate('tenants');

create table identities (
  id uuid primary key,
  email text not null,
  email_key text not null generated always as (lower(email)) stored unique,
  name text not null check (name <> ''),
  password_hash text,
  locale text not null default 'de' check (locale in ('de', 'en')),
  operator boolean not null default false,
  created_at timestamptz not null,
  password_changed_at timestamptz
);
select replicate('identities');

create table users (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  identity_id uuid not null references identities (id),
  role text not null check (role in ('owner', 'admin', 'member', 'read_only')),
  created_at timestamptz not null,
  deactivated_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, identity_id)
);
create index users_identity on users (identity_id);
select distribute('users');
select isolate('users');

create table sessions (
  id uuid primary key,
  token_digest bytea not null unique,
  identity_id uuid not null references identities (id) on delete cascade,
  tenant_id uuid references tenants (id) on delete cascade,
  theme text not null default 'auto' check (theme in ('auto', 'light', 'dark')),
  flash jsonb,
  ip text not null,
  user_agent text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_identity on sessions (identity_id);
create index sessions_expiry on sessions (expires_at);
select replicate('sessions');

-- Links sent by mail or printed once: set-up, invitation, password reset, change of e-mail.
create table tokens (
  id uuid primary key,
  kind text not null check (kind in ('setup', 'invitation', 'password_reset', 'email_change')),
  token_digest bytea not null unique,
  identity_id uuid references identities (id) on delete cascade,
  tenant_id uuid references tenants (id) on delete cascade,
  email text,
  role text check (role in ('owner', 'admin', 'member', 'read_only')),
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index tokens_identity on tokens (identity_id);
create index tokens_tenant on tokens (tenant_id, kind);
create index tokens_expiry on tokens (expires_at);
select replicate('tokens');

create table rate_limits (
  scope text not null,
  key_digest bytea not null,
  window_start timestamptz not null,
  hits int not null,
  expires_at timestamptz not null,
  primary key (scope, key_digest, window_start)
);
create index rate_limits_expiry on rate_limits (expires_at);
select replicate('rate_limits');

-- The outbox: a mail is written in the transaction that causes it, and sent by a job.
create table mails (
  id uuid primary key,
  tenant_id uuid references tenants (id) on delete cascade,
  kind text not null,
  purpose text not null check (purpose in ('provision', 'communication', 'security', 'legal')),
  recipient text not null,
  subject text not null,
  body_text text not null,
  body_html text not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'kept')),
  attempts int not null default 0,
  claimed_until timestamptz,
  error_code text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index mails_created on mails (created_at);
select replicate('mails');

-- A session by its token: reached before a tenant is known, so it runs as the owner.
create function session_by_digest(digest bytea, at timestamptz)
returns table (
  id uuid, identity_id uuid, tenant_id uuid, user_id uuid, role text, name text, email text,
  locale text, theme text, flash jsonb, operator boolean, tenant_name text, tenant_slug text,
  tenant_country text, tenants int, created_at timestamptz, last_seen_at timestamptz,
  expires_at timestamptz
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select s.id, s.identity_id, u.tenant_id, u.id, u.role, i.name, i.email, i.locale, s.theme, s.flash,
    i.operator, t.name, t.slug, t.country,
    (select count(*)::int from users m where m.identity_id = i.id and m.deactivated_at is null),
    s.created_at, s.last_seen_at, s.expires_at
  from sessions s
  join identities i on i.id = s.identity_id
  left join users u
    on u.tenant_id = s.tenant_id and u.identity_id = s.identity_id and u.deactivated_at is null
  left join tenants t on t.id = u.tenant_id
  where s.token_digest = digest
    and s.expires_at > at
$$;

-- The tenants an identity belongs to: for log-in and for switching.
create function memberships(of_identity uuid)
returns table (tenant_id uuid, user_id uuid, role text, tenant_name text, tenant_slug text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select u.tenant_id, u.id, u.role, t.name, t.slug
  from users u
  join tenants t on t.id = u.tenant_id
  where u.identity_id = of_identity
    and u.deactivated_at is null
  order by t.name, t.id
  limit 200
$$;

-- Makes the provider and the first tenant, once: the serving role may write neither table, so the
-- right to do it lies in the one-time token alone. False when the token or the moment is gone.
create function set_up(
  digest bytea, at timestamptz,
  provider_name text, provider_legal_form text, provider_street text, provider_postal_code text,
  provider_city text, provider_country text, provider_email text, officer_name text, officer_email text,
  tenant_id uuid, tenant_slug text, tenant_name text, tenant_locale text
) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update tokens set used_at = at
  where kind = 'setup' and token_digest = digest and used_at is null and expires_at > at;
  if not found or exists (select from provider) then
    return false;
  end if;
  insert into provider (
    name, legal_form, street, postal_code, city, country, email, dpo_name, dpo_email, created_at, updated_at
  ) values (
    provider_name, provider_legal_form, provider_street, provider_postal_code, provider_city,
    provider_country, provider_email, officer_name, officer_email, at, at
  );
  insert into tenants (id, slug, name, locale, country, created_at)
  values (tenant_id, tenant_slug, tenant_name, tenant_locale, provider_country, at);
  return true;
end $$;

-- Changes the tenant of the running transaction, and only what its admins may decide.
create function update_tenant(new_name text, new_trash_days int) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update tenants set name = new_name, trash_days = new_trash_days
  where id = current_tenant();
  return found;
end $$;
