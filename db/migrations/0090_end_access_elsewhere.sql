-- Access that ends elsewhere: by a house's directory (SCIM), by its provider for signing in, and
-- the second factor that the provider's own people owe.

-- Whether a second factor is demanded of who runs the installation.
alter table provider add column operator_factors boolean not null default false;

create function demand_operator_factors(demanded boolean, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
  update provider set operator_factors = demanded, updated_at = at
  where operator_factors is distinct from demanded;
  return found;
end $$;

-- Those who run the installation, and how many of them a second factor guards.
create function operator_factors_kept() returns table (people int, protected int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select count(*)::int,
    (count(*) filter (where
      exists (select from totp_factors f where f.identity_id = i.id and f.confirmed_at is not null)
      or exists (select from passkeys p where p.identity_id = i.id)
    ))::int
  from identities i
  where i.operator
$$;

-- What the provider calls its session and the person: it ends sessions by these names.
alter table sessions
  add column provider_session_digest bytea,
  add column provider_subject_digest bytea;
create index sessions_provider_subject on sessions (tenant_id, provider_subject_digest)
  where provider_subject_digest is not null;
create index sessions_provider_session on sessions (tenant_id, provider_session_digest)
  where provider_session_digest is not null;
select keep_out_of_statistics('sessions', 'provider_session_digest', 'provider_subject_digest');

-- The houses that a provider may speak of: asked before its word is checked.
create function clients_of_issuer(of_issuer text, of_clients text[])
returns table (tenant_id uuid, client_id text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select p.tenant_id, p.client_id
  from identity_providers p
  where p.issuer = of_issuer
    and p.client_id = any (of_clients)
  order by p.created_at
  limit 20
$$;

-- By what a house's directory says who works there no more; only the digest is kept.
create table directory_tokens (
  tenant_id uuid not null,
  id uuid not null,
  -- Who made it, an owner: it does what an owner may.
  user_id uuid not null,
  token_digest bytea not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
select distribute('directory_tokens');
select isolate('directory_tokens');
create index directory_tokens_digest on directory_tokens (token_digest);
create index directory_tokens_user on directory_tokens (tenant_id, user_id);
select keep_out_of_statistics('directory_tokens', 'token_digest');

-- Who asks, and whether its maker is an owner still: called before a tenant is known, so it runs as
-- the owner of the tables.
create function directory_token_by_digest(digest bytea, at timestamptz)
returns table (
  tenant_id uuid, id uuid, last_used_at timestamptz, tenant_phase text, maker_stands boolean
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select k.tenant_id, k.id, k.last_used_at, t.phase,
    u.role = 'owner' and u.deactivated_at is null
  from directory_tokens k
  join tenants t on t.id = k.tenant_id
  join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
  where k.token_digest = digest
    and k.expires_at > at
$$;

create function expire_directory_tokens(before timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone int;
begin
  delete from directory_tokens where expires_at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;
