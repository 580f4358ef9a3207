-- After the last day of full use nothing new comes into a house: mail in copy to it is refused, mailboxes
-- are not read. What comes to the mailbox for persons' rights is read until the end.
create or replace function inbound_address(wanted text)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $function$
  select a.tenant_id, a.id
  from inbound_addresses a
  join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
  join tenants t on t.id = a.tenant_id
  where a.local_part = wanted
    and u.deactivated_at is null
    and t.phase = 'open'
$function$;

create or replace function due_mailboxes(at timestamptz, most integer)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $function$
  select m.tenant_id, m.id
  from mailboxes m
  join tenants t on t.id = m.tenant_id
  left join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
  where m.active
    and u.deactivated_at is null
    and m.due_at <= at
    and (m.claimed_until is null or m.claimed_until <= at)
    and (t.phase = 'open' or m.privacy)
  order by m.due_at
  limit most
$function$;
