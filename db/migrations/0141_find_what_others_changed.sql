-- The start page tells what others planned, did or noted while a user was away: the latest of it.
create index activities_changed on activities (tenant_id, updated_at desc, id desc) where deleted_at is null;
