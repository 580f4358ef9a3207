-- Art. 20 GDPR: what a person has provided, on its way to another controller, and from one.
create table transfers (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  item_id uuid not null,
  way text not null check (way in ('link', 'push')),
  -- Whom it goes to.
  recipient text not null,
  -- Of a link; used once.
  token_digest bytea,
  -- Of a push: the entry of the register, and the address, which may hold a secret.
  processor_id uuid,
  url_sealed bytea,
  status text not null check (status in ('open', 'done', 'failed')),
  error_code text,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  done_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade,
  foreign key (tenant_id, item_id) references case_items (tenant_id, id) on delete cascade,
  check ((way = 'link') = (token_digest is not null)),
  check ((way = 'push') = (url_sealed is not null and processor_id is not null))
);
create index transfers_case on transfers (tenant_id, case_id);
create index transfers_item on transfers (tenant_id, item_id);
create unique index transfers_token on transfers (tenant_id, token_digest) where token_digest is not null;
select distribute('transfers');
select isolate('transfers');
select keep_out_of_statistics('transfers', 'recipient', 'token_digest', 'url_sealed');

create function transfer_by_digest(digest bytea)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select t.tenant_id, t.id
  from transfers t
  where t.token_digest = digest
$$;

-- An address that another controller may send one person to, once; sealed until somebody takes it.
create table incoming_transfers (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- From whom, in the words of who expects it.
  note text not null,
  token_digest bytea not null,
  content_sealed bytea,
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null,
  received_at timestamptz,
  settled_at timestamptz,
  accepted boolean,
  primary key (tenant_id, id),
  check ((settled_at is null) = (accepted is null)),
  check (settled_at is null or content_sealed is null)
);
create index incoming_transfers_created on incoming_transfers (tenant_id, created_at desc, id desc);
create unique index incoming_transfers_token on incoming_transfers (tenant_id, token_digest);
create index incoming_transfers_expiry on incoming_transfers (expires_at);
select distribute('incoming_transfers');
select isolate('incoming_transfers');
select keep_out_of_statistics('incoming_transfers', 'note', 'token_digest', 'content_sealed');

create function incoming_transfer_by_digest(digest bytea)
returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
as $$
  select t.tenant_id, t.id
  from incoming_transfers t
  where t.token_digest = digest
$$;

-- What waits longer than it may, of all tenants.
create function expire_incoming_transfers(at timestamptz) returns int
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
  gone int;
begin
  delete from incoming_transfers t where t.expires_at <= at;
  get diagnostics gone = row_count;
  return gone;
end $$;
