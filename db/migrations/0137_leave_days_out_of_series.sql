-- Single days of a series: left out, or moved to an activity of their own.

alter table activities add column skipped date[] not null default '{}';
-- Of one that was moved out of a series: which series, and the day that it stood on there.
alter table activities add column series_id uuid;
alter table activities add column series_day date;
alter table activities add foreign key (tenant_id, series_id)
  references activities (tenant_id, id) on delete set null (series_id);
create index activities_moved_out on activities (tenant_id, series_id) where series_id is not null;
