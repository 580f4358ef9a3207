-- What hung on a letter, sealed; it goes when the case is closed, for nothing of it is evidence.
create table case_files (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  name text not null,
  media_type text not null,
  size int not null check (size > 0),
  content_sealed bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, case_id) references cases (tenant_id, id) on delete cascade
);
create index case_files_case on case_files (tenant_id, case_id, id);
select distribute('case_files');
select isolate('case_files');
select keep_out_of_statistics('case_files', 'name', 'content_sealed');
