-- Several records made one, and for 30 days the way back.

-- A record that went into another one: hidden as in the trash, with what the other had already, until
-- nobody can take it back any more. It goes with the one it went into.
alter table contacts add column merged_into uuid;
alter table contacts add foreign key (tenant_id, merged_into)
  references contacts (tenant_id, id) on delete cascade;
alter table contacts add check (merged_into is null or deleted_at is not null);
create index contacts_merged on contacts (tenant_id, merged_into) where merged_into is not null;
alter table companies add column merged_into uuid;
alter table companies add foreign key (tenant_id, merged_into)
  references companies (tenant_id, id) on delete cascade;
alter table companies add check (merged_into is null or deleted_at is not null);
create index companies_merged on companies (tenant_id, merged_into) where merged_into is not null;

create table merges (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  -- What is left of them.
  contact_id uuid,
  company_id uuid,
  created_by uuid,
  created_at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index merges_contact on merges (tenant_id, contact_id, created_at desc) where contact_id is not null;
create index merges_company on merges (tenant_id, company_id, created_at desc) where company_id is not null;
create index merges_created on merges (tenant_id, created_at desc, id desc);
create index merges_end on merges (tenant_id, undo_until);
select distribute('merges');
select isolate('merges');

-- What a merge changed, row by row in its steps: where the row stood, and what became of it.
create table merge_rows (
  tenant_id uuid not null,
  merge_id uuid not null,
  step int not null,
  no int not null,
  table_name text not null,
  key jsonb not null,
  before jsonb not null,
  after jsonb not null,
  -- The whole row, where the record's form writes such rows anew.
  copy jsonb,
  primary key (tenant_id, merge_id, step, no),
  foreign key (tenant_id, merge_id) references merges (tenant_id, id) on delete cascade
);
select keep_out_of_statistics('merge_rows', 'before');
select keep_out_of_statistics('merge_rows', 'after');
select keep_out_of_statistics('merge_rows', 'copy');
select distribute('merge_rows');
select isolate('merge_rows');

-- Where the address of a record leads that was merged into another one, as long as that is there.
create table former_ids (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  contact_id uuid,
  company_id uuid,
  primary key (tenant_id, id),
  check (num_nonnulls(contact_id, company_id) = 1),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade,
  foreign key (tenant_id, company_id) references companies (tenant_id, id) on delete cascade
);
create index former_ids_contact on former_ids (tenant_id, contact_id) where contact_id is not null;
create index former_ids_company on former_ids (tenant_id, company_id) where company_id is not null;
select distribute('former_ids');
select isolate('former_ids');
