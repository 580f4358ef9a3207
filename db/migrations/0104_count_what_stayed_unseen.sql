-- How many records an undone change left as they are, because who took it back no longer saw them.
alter table bulk_changes add column unseen integer not null default 0;
