-- The list of hosts that the processes were started with: the proof of clause 4.3 compares it.
create table permitted_hosts (
  only_row boolean primary key default true check (only_row),
  destinations jsonb not null,
  applied_at timestamptz not null
);
select replicate('permitted_hosts');

-- The mail servers that customers named, of all tenants: a host and a port, not whose it is.
create function customers_mail_servers(bound int) returns table (host text, port int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select m.host, m.port
  from mailboxes m
  where m.active
  union
  select a.host, a.port
  from mail_accounts a
  order by 1, 2
  limit bound
$$;
