-- How far the database had come when a session last wrote: its next pages are read from a copy only
-- once that has replayed as much. No cookie says so, for the policy promises a single one.
alter table sessions add column written_to pg_lsn;
