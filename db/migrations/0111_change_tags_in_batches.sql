-- A tag that very many carry gets its new name, or goes, at once; its carriers' summaries and search
-- texts follow in batches, and the row tells how far that has come.
alter table tags
  add column changing text,
  add column name_before text,
  add column carriers integer not null default 0,
  add column carriers_done integer not null default 0,
  add column done_kind text,
  add column done_to uuid,
  add check (changing in ('renaming', 'removing')),
  add check ((changing is null) = (name_before is null));

create index tags_changing on tags (tenant_id) where changing is not null;
