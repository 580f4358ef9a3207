-- PostgreSQL makes every part of a query ready before it begins, also what hardly any house needs:
-- that was a seventh of the work on a list. What stands in a function is made ready when it is called.

-- A row's summary with its tags as they are now: of a tag that is being changed it holds the old name.
create function renamed_tags(kind text, of_tenant uuid, record uuid, summary jsonb) returns jsonb
language plpgsql stable
as $$
declare
  carried uuid[];
begin
  case kind
    when 'contact' then
      carried := array(
        select x.tag_id from contact_tags x where x.tenant_id = of_tenant and x.contact_id = record
      );
    when 'company' then
      carried := array(
        select x.tag_id from company_tags x where x.tenant_id = of_tenant and x.company_id = record
      );
    when 'deal' then
      carried := array(
        select x.tag_id from deal_tags x where x.tenant_id = of_tenant and x.deal_id = record
      );
  end case;
  return summary || jsonb_build_object('tags', (
    select jsonb_agg(distinct coalesce(w.name, s.name))
    from jsonb_array_elements_text(summary -> 'tags') s (name)
    left join tags w on w.tenant_id = of_tenant
      and w.changing is not null
      and s.name in (w.name_before, w.name)
      and w.id = any (carried)
    where w.changing is distinct from 'removing'
  ));
end $$;

-- What a role may not do with single fields, by kind of record.
create function limits_of_fields(of_tenant uuid, of_role text) returns jsonb
language sql stable
as $$
  select jsonb_object_agg(k.record_kind, k.fields)
  from (
    select r.record_kind, jsonb_object_agg(r.field, r.level) as fields
    from field_rights r
    where r.tenant_id = of_tenant
      and r.role = of_role
    group by r.record_kind
  ) k
$$;

create or replace function api_caller(digest bytea, at timestamptz) returns table (
  tenant_id uuid, id uuid, user_id uuid, role text, scopes text[], expires_at timestamptz,
  last_used_at timestamptz, tenant_country text, tenant_phase text, narrowed boolean,
  field_limits jsonb
)
language sql stable security definer set search_path = public, pg_temp
as $$
  select k.tenant_id, k.id, k.user_id, u.role, k.scopes, k.expires_at, k.last_used_at, t.country,
    t.phase,
    exists (select from record_sights r where r.tenant_id = u.tenant_id and r.role = u.role),
    case
      when exists (select from field_rights r where r.tenant_id = u.tenant_id and r.role = u.role)
      then limits_of_fields(u.tenant_id, u.role)
    end
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
