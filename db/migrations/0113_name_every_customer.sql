-- The record of processing names every customer (Art. 30(2)(a) GDPR), a thousand at a time.
create function customers_after(after_name text, after_slug text, bound int)
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
  where (t.name, t.slug) > (after_name, after_slug)
  order by t.name, t.slug
  limit least(bound, 1000)
$$;
