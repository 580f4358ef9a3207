-- For whom the house is the processor, and whom to turn to there (Art. 30(2)(a)): the owner who has
-- been there longest.
create function customers(bound int)
returns table (name text, slug text, contact_name text, contact_email text)
language sql stable security definer set search_path = public, pg_temp
as $$
  select t.name, t.slug, o.name, o.email
  from tenants t
  left join lateral (
    select i.name, i.email
    from users u
    join identities i on i.id = u.identity_id
    where u.tenant_id = t.id
      and u.role = 'owner'
      and u.deactivated_at is null
    order by u.created_at, u.id
    limit 1
  ) o on true
  order by t.name, t.id
  limit least(bound, 1000)
$$;
