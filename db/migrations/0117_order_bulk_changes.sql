-- The records of a change that very many are meant by, as they were ordered: a row for each takes long
-- to write, with its checks and indexes, so the job writes those, a part at a time, and nobody waits.
alter table bulk_changes
  add column waiting uuid[];
