-- The processes' permissions hold so many hosts and no more, and they were cut off by name: a house with
-- very many servers whose names come first would have shut out all others'. Each has its turns now.
create or replace function customers_mail_servers(bound integer)
returns table (host text, port integer)
language sql stable security definer set search_path = public, pg_temp
as $function$
  with used as (
    select m.tenant_id, m.host, m.port
    from mailboxes m
    where m.active
    union
    select a.tenant_id, a.host, a.port
    from mail_accounts a
  ), placed as (
    select u.host, u.port, row_number() over (partition by u.tenant_id order by u.host, u.port) as place
    from used u
  )
  select p.host, p.port
  from placed p
  group by p.host, p.port
  order by min(p.place), p.host, p.port
  limit bound
$function$;

create or replace function customers_webhook_hosts(bound integer)
returns table (host text, port integer)
language sql stable security definer set search_path = public, pg_temp
as $function$
  with used as (
    select distinct w.tenant_id, w.host, w.port
    from webhooks w
    where w.paused_at is null
  ), placed as (
    select u.host, u.port, row_number() over (partition by u.tenant_id order by u.host, u.port) as place
    from used u
  )
  select p.host, p.port
  from placed p
  group by p.host, p.port
  order by min(p.place), p.host, p.port
  limit bound
$function$;
