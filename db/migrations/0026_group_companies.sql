-- A company may belong to another one.

alter table companies
  add column parent_id uuid,
  add constraint companies_parent_other check (parent_id <> id),
  add constraint companies_parent foreign key (tenant_id, parent_id)
    references companies (tenant_id, id) on delete set null (parent_id);
create index companies_parent on companies (tenant_id, parent_id, sort_name collate "C", id)
  where parent_id is not null;
