-- Who withdrew is not written to for marketing because a consent to something else still stands.
create or replace function address_bars(addresses text[])
 returns table(address text, restricted boolean, objected boolean, withdrawn boolean)
 language sql
 stable
 set "app.sees_restricted" to 'on'
 set "app.lifted" to 'on'
as $function$
  select e.address_key,
    coalesce(bool_or(c.restricted_at is not null), false),
    coalesce(bool_or(exists (
      select
      from objections o
      where o.tenant_id = c.tenant_id
        and o.contact_id = c.id
        and o.channel in ('all', 'email')
    )), false),
    coalesce(bool_or(
      exists (
        select
        from consents s
        where s.tenant_id = c.tenant_id
          and s.contact_id = c.id
          and s.channel = 'email'
          and s.withdrawn_at is not null
          and not exists (
            select
            from consents o
            where o.tenant_id = s.tenant_id
              and o.contact_id = s.contact_id
              and o.channel = 'email'
              and o.purpose in (s.purpose, 'marketing')
              and o.withdrawn_at is null
          )
      )
    ), false)
  from emails e
  left join contacts c on c.tenant_id = e.tenant_id and c.id = e.contact_id
  where e.tenant_id = current_tenant()
    and e.address_key = any(addresses)
  group by e.address_key
$function$;
