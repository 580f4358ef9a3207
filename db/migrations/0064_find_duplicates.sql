-- Records that are likely the same, found over the whole tenant by blocks of equal keys.

-- One look over a tenant. It goes by steps: first the keys of every record, then the blocks.
create table duplicate_scans (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  stage text not null default 'contact_keys'
    check (stage in ('contact_keys', 'contact_pairs', 'company_keys', 'company_pairs', 'tidy')),
  -- The key up to which the stage has come, and the record within it.
  place bigint,
  place_id uuid,
  looked int not null default 0,
  compared int not null default 0,
  created_by uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create unique index duplicate_scans_running on duplicate_scans (tenant_id) where status = 'running';
create index duplicate_scans_started on duplicate_scans (tenant_id, started_at desc, id desc);
select distribute('duplicate_scans');
select isolate('duplicate_scans');

-- What records are compared by, as hashes, while a look lasts: equal keys make a block.
create table duplicate_keys (
  tenant_id uuid not null,
  scan_id uuid not null,
  key bigint not null,
  record_id uuid not null,
  primary key (tenant_id, scan_id, key, record_id),
  foreign key (tenant_id, scan_id) references duplicate_scans (tenant_id, id) on delete cascade
);
select distribute('duplicate_keys');
select isolate('duplicate_keys');

-- Two records that may be one. Those of whom somebody said that they are not stay, so that no later
-- look asks again; the others last until a look finds them no more.
create table duplicate_pairs (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  other_contact_id uuid,
  company_id uuid,
  other_company_id uuid,
  score int not null check (score between 0 and 100),
  reasons text[] not null,
  scan_id uuid not null,
  found_at timestamptz not null,
  dismissed_at timestamptz,
  dismissed_by uuid,
  primary key (tenant_id, id),
  check (
    contact_id < other_contact_id and num_nonnulls(company_id, other_company_id) = 0
    or company_id < other_company_id and num_nonnulls(contact_id, other_contact_id) = 0
  ),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, other_contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade,
  foreign key (tenant_id, other_company_id) references companies (tenant_id, id) on delete cascade
);
create unique index duplicate_pairs_contacts on duplicate_pairs (tenant_id, contact_id, other_contact_id)
where contact_id is not null;
create unique index duplicate_pairs_companies on duplicate_pairs (tenant_id, company_id, other_company_id)
where company_id is not null;
create index duplicate_pairs_other_contact on duplicate_pairs (tenant_id, other_contact_id)
where other_contact_id is not null;
create index duplicate_pairs_other_company on duplicate_pairs (tenant_id, other_company_id)
where other_company_id is not null;
create index duplicate_pairs_open_contacts on duplicate_pairs (tenant_id, score desc, id)
where contact_id is not null and dismissed_at is null;
create index duplicate_pairs_open_companies on duplicate_pairs (tenant_id, score desc, id)
where company_id is not null and dismissed_at is null;
create index duplicate_pairs_dismissed on duplicate_pairs (tenant_id, score desc, id)
where dismissed_at is not null;
create index duplicate_pairs_scan on duplicate_pairs (tenant_id, scan_id) where dismissed_at is null;
select distribute('duplicate_pairs');
select isolate('duplicate_pairs');
select keep_out_of_statistics('duplicate_keys', 'key');
