-- Programs of a tenant that are told of what happens in its house, and what became of each call.

-- Where to call and with which secret is sealed; host and port stand in the processes' permissions.
create table webhooks (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- The receiver, and its country in the EEA, as persons are told of it (Art. 13(1)(e), 19 GDPR).
  name text not null,
  country text not null check (country ~ '^[A-Z]{2}$'),
  reach text not null,
  host text not null,
  port int not null check (port between 1 and 65535),
  sealed bytea not null,
  kinds text[] not null check (cardinality(kinds) between 1 and 4),
  -- Failed calls in a row, and until when there is no further one.
  failures int not null default 0,
  rests_until timestamptz,
  paused_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  updated_at timestamptz not null,
  primary key (tenant_id, id)
);
create index webhooks_id on webhooks (id);
select distribute('webhooks');
select isolate('webhooks');
select keep_out_of_statistics('webhooks', 'sealed', 'reach', 'name');

-- Written in the transaction that changes the records; ids alone, never what stands in a record.
create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event text not null,
  record_ids uuid[] not null check (cardinality(record_ids) <= 100),
  status text not null default 'waiting' check (status in ('waiting', 'sent', 'failed')),
  attempts int not null default 0,
  due_at timestamptz not null,
  answer_code int,
  error_code text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references webhooks (tenant_id, id) on delete cascade
);
create index webhook_deliveries_webhook on webhook_deliveries (tenant_id, webhook_id, created_at, id);
create index webhook_deliveries_due on webhook_deliveries (due_at) where status = 'waiting';
create index webhook_deliveries_age on webhook_deliveries (created_at);
select distribute('webhook_deliveries');
select isolate('webhook_deliveries');

-- Whom the processes may reach for the customers: asked by the supervisor, over all houses.
create function customers_webhook_hosts(bound int) returns table (host text, port int)
language sql stable security definer set search_path = public, pg_temp
as $$
  select distinct w.host, w.port
  from webhooks w
  where w.paused_at is null
  order by 1, 2
  limit bound
$$;

-- Whether a webhook that runs leads there: asked by the one way out, which knows no tenant.
create function webhook_leads_to(webhook uuid, wanted_host text, wanted_port int) returns boolean
language sql stable security definer set search_path = public, pg_temp
as $$
  select exists (
    select
    from webhooks w
    where w.id = webhook
      and w.host = coalesce(wanted_host, w.host)
      and w.port = coalesce(wanted_port, w.port)
      and w.paused_at is null
  )
$$;

-- Where calls are due, the longest waiting first.
create function due_webhooks(at timestamptz, most int)
returns table (tenant_id uuid, webhook_id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select d.tenant_id, d.webhook_id
  from webhook_deliveries d
  join webhooks w on w.tenant_id = d.tenant_id and w.id = d.webhook_id
  where d.status = 'waiting'
    and d.due_at <= at
    and w.paused_at is null
    and (w.rests_until is null or w.rests_until <= at)
  group by d.tenant_id, d.webhook_id
  order by min(d.due_at), d.webhook_id
  limit most
$$;

create function expire_webhook_deliveries(before timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone int;
begin
  delete from webhook_deliveries where created_at < before;
  get diagnostics gone = row_count;
  return gone;
end $$;
