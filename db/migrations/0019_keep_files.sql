-- Files on records. Their bytes lie outside the database, sealed with a key that erasure destroys.

-- How many bytes a customer's files may take: 10 GB where nothing else is agreed.
alter table tenants add column file_quota bigint not null default 10000000000 check (file_quota >= 0);

-- Which keys a tenant's files are sealed with; the keys themselves lie in a folder of their own.
create table data_keys (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  purpose text not null check (purpose in ('files')),
  created_at timestamptz not null,
  destroyed_at timestamptz,
  primary key (tenant_id, id)
);
create unique index data_keys_current on data_keys (tenant_id, purpose) where destroyed_at is null;
select distribute('data_keys');
select isolate('data_keys');

create table files (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- The record that it was put on, and with which it goes.
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  activity_id uuid,
  message_id uuid,
  name text not null check (name <> ''),
  -- What its bytes say, not its name.
  media_type text not null,
  size bigint not null check (size >= 0),
  -- The name of its bytes in the storage, and the key that opens them.
  object_id uuid not null,
  data_key_id uuid not null,
  at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  deleted_by uuid,
  erase_after timestamptz,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id, deal_id, activity_id, message_id) = 1),
  foreign key (tenant_id, data_key_id) references data_keys (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade,
  foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete cascade,
  foreign key (tenant_id, message_id) references messages (tenant_id, id) on delete cascade
);
create index files_contact on files (tenant_id, contact_id, at desc, id desc) where contact_id is not null;
create index files_company on files (tenant_id, company_id, at desc, id desc) where company_id is not null;
create index files_deal on files (tenant_id, deal_id, at desc, id desc) where deal_id is not null;
create index files_activity on files (tenant_id, activity_id, at desc, id desc) where activity_id is not null;
create index files_message on files (tenant_id, message_id, at desc, id desc) where message_id is not null;
create index files_trash on files (tenant_id, erase_after) where deleted_at is not null;
create index files_object on files (tenant_id, object_id);
-- What a tenant's files weigh, without looking at the rows.
create index files_size on files (tenant_id) include (size);
select distribute('files');
select isolate('files');
select keep_out_of_statistics('files', 'name');

-- In whose timelines a file stands: its record's, and that of the company a contact worked for then.
create table file_links (
  tenant_id uuid not null,
  file_id uuid not null,
  record_id uuid not null,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  at timestamptz not null,
  primary key (tenant_id, file_id, record_id),
  check (record_id = coalesce(contact_id, company_id, deal_id)),
  check (num_nonnulls(contact_id, company_id, deal_id) = 1),
  foreign key (tenant_id, file_id) references files (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, deal_id) references deals (tenant_id, id) on delete cascade
);
create index file_links_contact on file_links (tenant_id, contact_id, at desc, file_id desc)
  where contact_id is not null;
create index file_links_company on file_links (tenant_id, company_id, at desc, file_id desc)
  where company_id is not null;
create index file_links_deal on file_links (tenant_id, deal_id, at desc, file_id desc)
  where deal_id is not null;
select distribute('file_links');
select isolate('file_links');
