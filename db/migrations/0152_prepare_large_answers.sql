-- Answers to rights of access that are too large to be made within a request: what was chosen on the
-- page, and the sealed archive that a job made of it.
create table access_archives (
  tenant_id uuid not null references tenants (id) on delete cascade,
  id uuid not null,
  contact_id uuid not null,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'failed')),
  language text not null check (language in ('de', 'en')),
  words text[] not null,
  -- What the page had proposed to make unreadable: whatever else is found is made so in any case.
  offered text[] not null,
  left_out uuid[] not null,
  size bigint,
  object_id uuid,
  error_code text,
  created_by uuid,
  -- The state that was looked at: what came later is not part of the answer.
  created_at timestamptz not null,
  finished_at timestamptz,
  erase_after timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
);
create index access_archives_contact on access_archives (tenant_id, contact_id, created_at desc, id desc);
create index access_archives_end on access_archives (erase_after);
alter table access_archives
  alter column words set statistics 0,
  alter column offered set statistics 0;
select distribute('access_archives');
select isolate('access_archives');
select keep_open('access_archives');
