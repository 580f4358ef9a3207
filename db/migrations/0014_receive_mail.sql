-- Mail that comes in: addresses of the house, and raw mails until they are read.

-- A user's own address for copies and forwards; who knows it may write into the house.
create table inbound_addresses (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  local_part text not null check (local_part ~ '^[a-z0-9]{16}$'),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade
);
create index inbound_addresses_local_part on inbound_addresses (local_part);
select distribute('inbound_addresses');
select isolate('inbound_addresses');
select keep_out_of_statistics('inbound_addresses', 'local_part');

-- A mail as it came, sealed in a file under its id, from before it is acknowledged until it is read.
create table raw_mails (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  handler text not null,
  source_id uuid not null,
  size bigint not null,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'failed')),
  error_code text,
  received_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index raw_mails_received on raw_mails (tenant_id, received_at);
select distribute('raw_mails');
select isolate('raw_mails');

-- Whose address it is: asked by the listener before a tenant is known, so it runs as the owner.
create function inbound_address(wanted text)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select a.tenant_id, a.id
  from inbound_addresses a
  join users u on u.tenant_id = a.tenant_id and u.id = a.user_id
  where a.local_part = wanted
    and u.deactivated_at is null
$$;
