-- That two records are two holds for the record that one of them is merged into, too; a merge that
-- is undone takes with it what it has passed on.

alter table duplicate_pairs add column merge_id uuid;
alter table duplicate_pairs add foreign key (tenant_id, merge_id) references merges (tenant_id, id)
  on delete set null (merge_id);
create index duplicate_pairs_merge on duplicate_pairs (tenant_id, merge_id) where merge_id is not null;
