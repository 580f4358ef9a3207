-- Tokens by which programs act for a user, and what they asked for once already.

-- A program acts as its user, within the scopes that its token names; only the digest is kept.
create table api_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  token_digest bytea not null,
  scopes text[] not null check (cardinality(scopes) between 1 and 10),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index api_tokens_digest on api_tokens (token_digest);
create index api_tokens_user on api_tokens (tenant_id, user_id, created_at);
select distribute('api_tokens');
select isolate('api_tokens');
select keep_out_of_statistics('api_tokens', 'token_digest', 'name');

-- Who asks: called before a tenant is known, so it runs as the owner.
create function api_token_by_digest(digest bytea, at timestamptz)
returns table (
  tenant_id uuid, id uuid, user_id uuid, role text, scopes text[], expires_at timestamptz,
  last_used_at timestamptz, tenant_country text, tenant_phase text
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select k.tenant_id, k.id, k.user_id, u.role, k.scopes, k.expires_at, k.last_used_at, t.country,
    t.phase
  from api_tokens k
  join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
  join tenants t on t.id = k.tenant_id
  where k.token_digest = digest
    and k.expires_at > at
    and u.deactivated_at is null
$$;

-- What a program may send again without its being done again: of the body only a keyed digest.
create table api_requests (
  tenant_id uuid not null,
  user_id uuid not null,
  key_digest bytea not null,
  request_digest bytea not null,
  record_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, user_id, key_digest),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index api_requests_age on api_requests (tenant_id, created_at);
select distribute('api_requests');
select isolate('api_requests');
select keep_out_of_statistics('api_requests', 'key_digest', 'request_digest');

-- What is over, in all houses at once: keys of a day, tokens that have ended.
create function expire_api(keys_before timestamptz, tokens_before timestamptz)
returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  keys int;
  tokens int;
begin
  delete from api_requests where created_at < keys_before;
  get diagnostics keys = row_count;
  delete from api_tokens where expires_at < tokens_before;
  get diagnostics tokens = row_count;
  return keys + tokens;
end $$;
