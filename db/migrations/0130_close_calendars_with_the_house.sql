-- A calendar's address went on telling what a user has to do after the contract had ended, and after
-- the house's provider had said that the person is gone: it opens no more than an API token does.
create function calendar_feed(digest bytea, at timestamptz)
returns table (tenant_id uuid, user_id uuid, locale text, detail text)
language sql stable security definer set search_path = public, pg_temp
as $function$
  select f.tenant_id, f.user_id, i.locale, f.detail
  from calendar_feeds f
  join users u on u.tenant_id = f.tenant_id and u.id = f.user_id
  join identities i on i.id = u.identity_id
  join tenants t on t.id = f.tenant_id
  where f.token_digest = digest
    and u.deactivated_at is null
    and t.phase in ('open', 'read_only')
    and not is_token_resting(f.tenant_id, u.identity_id, u.vouched_at, at)
$function$;

-- For processes of the version before.
create or replace function calendar_feed_by_digest(digest bytea)
returns table (tenant_id uuid, user_id uuid, locale text, detail text)
language sql stable security definer set search_path = public, pg_temp
as $function$
  select f.tenant_id, f.user_id, f.locale, f.detail
  from calendar_feed(digest, now()) f
$function$;
