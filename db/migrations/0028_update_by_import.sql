-- An import may change records that are there: what stood in them before, what was decided row by
-- row, and how the columns of such a file were read the last time.

alter table import_rows
  drop constraint import_rows_outcome_check,
  add constraint import_rows_outcome_check
    check (outcome in ('rejected', 'skipped', 'duplicate', 'updated', 'warning')),
  add column company_id uuid;

create table import_updates (
  tenant_id uuid not null,
  import_id uuid not null,
  contact_id uuid,
  company_id uuid,
  record_id uuid not null generated always as (coalesce(contact_id, company_id)) stored,
  version int not null,
  before jsonb not null,
  primary key (tenant_id, import_id, record_id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade,
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
select distribute('import_updates');
select isolate('import_updates');
create index import_updates_contact on import_updates (tenant_id, contact_id)
  where contact_id is not null;
create index import_updates_company on import_updates (tenant_id, company_id)
  where company_id is not null;
select keep_out_of_statistics('import_updates', 'before');

create table import_choices (
  tenant_id uuid not null,
  import_id uuid not null,
  row_no int not null,
  choice text not null check (choice in ('skip', 'fill', 'overwrite', 'create')),
  primary key (tenant_id, import_id, row_no),
  foreign key (tenant_id, import_id) references imports (tenant_id, id) on delete cascade
);
select distribute('import_choices');
select isolate('import_choices');

create table import_mappings (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  signature bytea not null,
  kind text not null,
  columns jsonb not null,
  used_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, signature)
);
select distribute('import_mappings');
select isolate('import_mappings');
